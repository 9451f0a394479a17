/**
 * Builds the web app into web/dist when its sources have changed since: `node --import tsx docker/supervisor/web-build.ts`.
 * Ends with code 1 and what vite said when the build fails; what was built before then stays.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './config.ts';
import { DIST, readStamp, stampFile, stampSources } from './web-stamp.ts';

// the supervisor is gone: nobody waits for this build
process.on('disconnect', () => process.exit(1));

const dist = join(ROOT, DIST);
const stamp = await stampSources(ROOT);
if ((await readStamp(dist)) !== stamp) await rebuild();
process.exit(0);

/** Built aside and moved into place, so that a wall that loads meanwhile, or a second build, never meets half of it. */
async function rebuild(): Promise<void> {
  const cache = join(ROOT, 'node_modules/.cache/toan-canh');
  const next = join(cache, `web-${process.pid}`);
  const last = join(cache, `web-${process.pid}-last`);
  await mkdir(cache, { recursive: true });
  try {
    await build({
      configFile: join(ROOT, 'web/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: next, emptyOutDir: true },
    });
    await writeFile(stampFile(next), stamp);
    for (let attempt = 1; !(await replace(next, last)); attempt++)
      if (attempt === 5) throw new Error(`${dist} cannot be replaced`);
  } finally {
    await rm(next, { recursive: true, force: true });
    await rm(last, { recursive: true, force: true });
  }
}

/** False when another build put its own there in between. */
async function replace(next: string, last: string): Promise<boolean> {
  await rm(last, { recursive: true, force: true });
  await rename(dist, last).catch(() => undefined);
  return rename(next, dist).then(
    () => true,
    () => false,
  );
}
