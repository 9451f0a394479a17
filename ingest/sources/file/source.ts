import { z } from 'zod';
import type { DossierStates } from '../../clickhouse/known/dossier-states.ts';
import { RequestFault } from '../../errors.ts';
import type { Answer, Call, HttpSource } from '../../http/source.ts';
import { parseQuery } from '../../http/text.ts';
import type { Intake } from '../../intake.ts';
import type { Origin } from '../../pipeline/step.ts';
import { OWN_SOURCE } from '../../schema/own-source.ts';
import type { UnitIndex } from '../../schema/unit-index.ts';
import type { SentBy } from '../dvcqg/entries.ts';
import { errorReport } from './error-report.ts';
import { importRows, type ImportReply } from './import-rows.ts';
import { readMapping } from './mapping.ts';
import { previewRows, type Preview } from './preview.ts';
import { createRowReader } from './row-reader.ts';
import { TableError } from './table/cell.ts';
import { namesOf } from './table/header.ts';
import { readFile } from './table/read-file.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const QuerySchema = z.strictObject({
  /** A file of the mappings, without its ending. */
  mapping: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** The source, where the token stands for any; that of the mapping when absent. */
  source: z.string().min(1).max(256).optional(),
  /** The unit of dossiers whose number and row name none. */
  unit: z.string().min(1).max(64).optional(),
  /** `1`: says what the file would bring, and stores nothing. */
  preview: z.enum(['0', '1']).default('0'),
});

/** What the source works with. */
export interface FileOptions {
  states: DossierStates;
  units: UnitIndex;
  /** Folder of the mappings. */
  folder: string;
}

/**
 * Files of dossiers: CSV and XLSX lists as one-stop systems export them, read by a mapping. Good rows are stored, bad ones reported by row and column and
 * kept as dead letters. A file that cannot be read to its end is refused as a whole.
 */
export function createFileSource({ states, units, folder }: FileOptions): HttpSource {
  let isBusy = false;
  const read = async (call: Call, intake: Intake): Promise<Answer> => {
    const query = parseQuery(QuerySchema, call.query);
    const mapping = await readMapping(folder, query.mapping);
    if (call.body.length === 0) throw new RequestFault('IOC_BODY_EMPTY');
    // what is brought at the product itself is of the source that its mapping names
    const fixed = call.grant?.source === OWN_SOURCE ? undefined : call.grant?.source;
    const origin: Origin = {
      entry: 'import',
      source: fixed,
      simulated: call.grant?.simulated ?? 0,
      within: call.grant?.unit,
      received_at: call.received_at,
    };
    const source = origin.source ?? query.source ?? mapping.source;
    const sender: SentBy = { ...origin, source, unit: query.unit ?? mapping.unit ?? '' };
    const file = await readFile(call.body, call.contentType === XLSX ? 'xlsx' : 'csv', namesOf(mapping)).catch(
      (error: unknown) => {
        throw error instanceof TableError ? new RequestFault(error.code, error.message) : error;
      },
    );
    const readRow = createRowReader({ mapping, header: file.header, sender, units });
    if (query.preview === '1') {
      return answer(call, 200, await previewRows(file, { readRow, units, source }));
    }
    const reply = await importRows(file.rows, { readRow, source, origin, intake, states });
    const isNothingTaken = reply.rejected > 0 && reply.accepted + reply.duplicate === 0;
    return answer(call, isNothingTaken ? 422 : 200, reply);
  };
  return {
    entry: 'import',
    url: '/v1/import',
    contentTypes: ['text/csv', 'text/tab-separated-values', XLSX],
    hasTokenInBody: false,
    answer: async (call, intake) => {
      // what was read is held until it is stored: one file at a time bounds the memory
      if (isBusy) throw new RequestFault('IOC_IMPORT_BUSY');
      isBusy = true;
      try {
        return await read(call, intake);
      } finally {
        isBusy = false;
      }
    },
  };
}

/** The reply, or only its errors and warnings as CSV when that is what the sender wants. */
function answer({ headers }: Call, status: number, reply: Preview | ImportReply): Answer {
  if (!(headers.accept ?? '').includes('text/csv')) return { status, body: reply };
  return { status, body: errorReport([...reply.errors, ...reply.warnings]), type: 'text/csv; charset=utf-8' };
}
