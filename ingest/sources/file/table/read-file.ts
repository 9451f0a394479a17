import { fork } from 'node:child_process';
import { join } from 'node:path';
import { TableError, type TableOrigin, type TableRow } from './cell.ts';
import type { TableFormat } from './dossier-table.ts';
import type { Header, Names } from './header.ts';
import { MessageSchema, type Work } from './messages.ts';

/** A file of dossiers, read to its end. */
export interface DossierFile {
  origin: TableOrigin;
  header: Header;
  rows: TableRow[];
}

/** Bounds of the reading process: memory in MiB, time in milliseconds. */
export interface ReadLimits {
  heap_mib: number;
  time_ms: number;
}

const LIMITS: ReadLimits = { heap_mib: 384, time_ms: 120_000 };

/**
 * Reads a file in a process of its own (`reader.ts`), so that neither its size nor what it was made to do holds up this one or exhausts it. Rejects
 * with a `TableError`; a file that exceeds the bounds is `IOC_FILE_TOO_LARGE`.
 */
export function readFile(bytes: Uint8Array, format: TableFormat, names: Names, limits = LIMITS): Promise<DossierFile> {
  const child = fork(join(import.meta.dirname, 'reader.ts'), {
    // the loader of the sources is found from here
    cwd: import.meta.dirname,
    execArgv: [`--max-old-space-size=${limits.heap_mib}`, '--import', 'tsx'],
    env: {},
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<DossierFile>((resolve, reject) => {
    const rows: TableRow[] = [];
    let head: Omit<DossierFile, 'rows'> | undefined;
    const tooLarge = (what: string) =>
      reject(new TableError('IOC_FILE_TOO_LARGE', `reading the file takes more than ${what}: send it in parts`));
    const timer = setTimeout(() => tooLarge(`${limits.time_ms / 1_000} s`), limits.time_ms);
    child.on('message', (sent: unknown) => {
      const { data: message, error } = MessageSchema.safeParse(sent);
      if (error) reject(error);
      else if (message.part === 'head') head = { origin: message.origin, header: message.header };
      else if (message.part === 'rows') rows.push(...message.rows);
      else if (message.part === 'fault') reject(new TableError(message.code, message.message));
      else if (head) resolve({ ...head, rows });
      setImmediate(() => child.connected && child.send('more'));
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      // how V8 ends when the memory is used up
      if (signal === 'SIGABRT' || signal === 'SIGTRAP' || code === 134) tooLarge(`${limits.heap_mib} MiB`);
      else reject(new Error(`the process that reads a file ended with ${signal ?? String(code)}`));
    });
    const work: Work = { format, names: new Map(names) };
    child.send(work);
    // a reader that ended early has said why
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(bytes);
  }).finally(() => void child.kill('SIGKILL'));
}
