import { z } from 'zod';
import type { AlertEventRow } from '../schema/alert.ts';
import type { DossierEventRow } from '../schema/dossier.ts';
import type { SecurityEventRow } from '../schema/security.ts';
import type { SyslogEventRow } from '../schema/syslog.ts';
import { createMaskMessage } from './mask-message.ts';
import { createMaskRecord } from './mask-record.ts';
import { isPersonalField, maskMessage, maskText } from './personal.ts';
import { KEPT, type Step } from './step.ts';

const AttributesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
/** What a text must hold before anything could be masked in it: most hold none of it, and a look is cheap. */
const SUSPECT = /[@:=<]|\d(?:[ .]?\d){8}/;

/**
 * Takes personal data out of what is kept. Fields of a person are not read by any source; here the attributes, whose names a sender of dossiers chooses,
 * lose those of a person, and texts lose phones, papers and addresses that stand in the wrong field. Identifiers (id, source, subject, unit) are
 * kept as they are: without them an event is another. What people type into chases and entries is theirs.
 */
export function createDropPersonal(): Step {
  const maskRecord = createMaskRecord();
  const maskLine = createMaskMessage();
  return function dropPersonal(entry) {
    if (entry.family === 'dossier') cleanDossier(entry.row);
    if (entry.family === 'security') cleanSecurity(entry.row, maskRecord);
    if (entry.family === 'syslog') cleanSyslog(entry.row, maskLine, maskRecord);
    if (entry.family === 'alert') cleanAlert(entry.row, maskRecord);
    if (entry.family === 'reading') entry.row.place = masked(entry.row.place);
    if (entry.family === 'link') entry.row.ring = masked(entry.row.ring);
    return KEPT;
  };
}

const masked = (text: string): string => (SUSPECT.test(text) ? maskText(text) : text);
const maskedMessage = (text: string): string => (SUSPECT.test(text) ? maskMessage(text) : text);

function cleanDossier(row: DossierEventRow): void {
  row.procedure_code = masked(row.procedure_code);
  row.procedure_name = masked(row.procedure_name);
  row.field_code = masked(row.field_code);
  row.field_name = masked(row.field_name);
  row.step_holder = masked(row.step_holder);
  // one that was found is a unit, and its code may look like a number
  if (row.handler_path === '') row.handler = masked(row.handler);
  if (row.attributes === '{}') return;
  const attributes = AttributesSchema.parse(JSON.parse(row.attributes));
  const kept = Object.entries(attributes).flatMap(([name, value]) =>
    isPersonalField(name) ? [] : [[name, typeof value === 'string' ? maskText(value) : value]],
  );
  row.attributes = JSON.stringify(Object.fromEntries(kept));
}

function cleanSecurity(row: SecurityEventRow, maskRecord: (line: string) => string): void {
  row.category = maskedMessage(row.category);
  row.signature = maskedMessage(row.signature);
  row.asset = maskedMessage(row.asset);
  row.action = maskedMessage(row.action);
  row.payload = maskRecord(row.payload);
}

/** What another monitor pushed; what our own rules say of an alert is written by the province. */
function cleanAlert(row: AlertEventRow, maskRecord: (line: string) => string): void {
  if (row.annotations === '') return;
  row.text = maskedMessage(row.text);
  row.annotations = maskRecord(row.annotations);
}

function cleanSyslog(
  row: SyslogEventRow,
  maskLine: (line: string) => string,
  maskRecord: (line: string) => string,
): void {
  row.message = maskLine(row.message);
  if (row.raw !== '') row.raw = maskLine(row.raw);
  if (row.structured_data !== '') row.structured_data = maskRecord(row.structured_data);
}
