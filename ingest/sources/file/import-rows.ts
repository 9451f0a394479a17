import { setImmediate as turn } from 'node:timers/promises';
import type { DossierStates } from '../../clickhouse/known/dossier-states.ts';
import type { Element, Intake } from '../../intake.ts';
import type { Origin } from '../../pipeline/step.ts';
import { amendStored } from '../dvcqg/amend-stored.ts';
import type { ReadRow, RowFault } from './row-reader.ts';
import type { TableRow } from './table/cell.ts';

/** Rows that are read and stored at a time: some tens of milliseconds of work, then others have their turn. */
const SLICE = 500;

/** What became of the rows of a file. Rows that say nothing that is not stored already are duplicates. */
export interface ImportReply {
  accepted: number;
  duplicate: number;
  /** Rows; `errors` may name several things of one row. */
  rejected: number;
  errors: RowFault[];
  /** What is odd about rows that were taken. */
  warnings: RowFault[];
}

/** What an import works with. */
export interface ImportOptions {
  readRow: (row: TableRow) => ReadRow;
  source: string;
  origin: Origin;
  intake: Intake;
  states: DossierStates;
}

/**
 * Stores the rows of a file, slice by slice; each is acknowledged before the next is read. Throws what `Intake.take` throws: the file is then sent
 * again, and what was stored meanwhile is a duplicate.
 */
export async function importRows(rows: readonly TableRow[], options: ImportOptions): Promise<ImportReply> {
  const { readRow, source, origin, intake, states } = options;
  const reply: ImportReply = { accepted: 0, duplicate: 0, rejected: 0, errors: [], warnings: [] };
  for (let from = 0; from < rows.length; from += SLICE) {
    await turn();
    const slice = rows.slice(from, from + SLICE).map(readRow);
    const elements = slice.map(({ sent, unit, read }): Element => ({ sent, source, unit, read }));
    const taken = await amendStored(elements, await intake.take(elements, origin), { states, intake, origin });
    reply.warnings.push(...slice.flatMap(({ warnings }) => warnings));
    reply.accepted += taken.reply.accepted;
    reply.duplicate += taken.reply.duplicate;
    reply.rejected += taken.reply.rejected.length;
    for (const { index, code, reason } of taken.reply.rejected) {
      const row = slice[index];
      if (!row) continue;
      // what a step of the pipeline refused is said of the row as a whole
      reply.errors.push(
        ...(row.faults.length > 0 ? row.faults : [{ row: row.row, column: '', value: '', code, reason }]),
      );
    }
  }
  return reply;
}
