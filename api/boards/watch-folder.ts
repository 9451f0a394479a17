import { watch, type FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder is watched with. */
export interface WatchOptions {
  /** Called a moment after files have changed: an editor writes a file in several steps, hence the moment. */
  changed: () => void;
  failed: (error: unknown) => void;
  /** The moment, in milliseconds. @default 50 */
  settle_ms?: number;
  /** Names of the files that matter. */
  matters?: RegExp;
}

/**
 * Watches the files of a folder and of those below it. Each folder is watched by itself, since the system's notice of a folder
 * survives editors that save by replacing the file, which a watch on the file does not. Returns what ends it.
 */
export async function watchFolder(root: string, options: WatchOptions): Promise<() => void> {
  const { changed, failed, settle_ms = 50, matters = /\.(ya?ml|sql|geojson|png|svg|webp|jpg)$/ } = options;
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const watchOne = (folder: string) => {
    if (watchers.has(folder) || isClosed) return;
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      // a name without an ending may be a folder that has just been made
      const isFolder = name !== null && !name.includes('.');
      if (isFolder) watchBelow().catch(failed);
      if (!isFolder && name !== null && !matters.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, settle_ms);
    });
    watcher.on('error', (error) => {
      watchers.delete(folder);
      watcher.close();
      failed(error);
    });
    watchers.set(folder, watcher);
  };

  const watchBelow = async (): Promise<void> => {
    const found = await readdir(root, { withFileTypes: true, recursive: true });
    for (const entry of found) if (entry.isDirectory()) watchOne(join(entry.parentPath, entry.name));
  };

  watchOne(root);
  await watchBelow();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}
