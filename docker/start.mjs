/**
 * `npm start`: installs what is missing, then runs the supervisor in this same process, so that a signal or a `kill -9` meant for the
 * one is always one for the other.
 */
import { installOrExit } from './install-missing.mjs';

await installOrExit();
// what `node --import tsx` does: from here on TypeScript can be imported
await import('tsx');
await import('./supervisor/main.ts');
