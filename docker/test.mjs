/** `npm test`: installs what is missing, then runs every check in order; `npm test -- unit db` runs those alone. */
import { installOrExit } from './install-missing.mjs';

await installOrExit();
await import('tsx');
await import('./test/main.ts');
