/**
 * Reads one file of strangers, in a process with a bound on its memory and without any secret: a file that was made to exhaust it ends this
 * process and nothing else. (A thread is no such wall: V8 ends the whole process when some allocations of a thread fail.)
 * The file comes by standard input; what it is, and what it gives, by messages.
 */
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { TableError } from './cell.ts';
import { readDossierTable } from './dossier-table.ts';
import { WorkSchema, type Message } from './messages.ts';

process.on('disconnect', () => process.exit(1));

/** Resolves when the other side has dealt with it: it would otherwise find a heap of messages, and nothing but them to do. */
const say = async (message: Message): Promise<void> => {
  process.send?.(message);
  await once(process, 'message');
};

const [[sent], bytes] = await Promise.all([once(process, 'message'), buffer(process.stdin)]);
const { format, names } = WorkSchema.parse(sent);
try {
  for await (const part of readDossierTable(bytes, format, names)) await say(part);
  await say({ part: 'end' });
} catch (error) {
  if (!(error instanceof TableError)) throw error;
  await say({ part: 'fault', code: error.code, message: error.message });
}
process.exit(0);
