import type { AlertEventRow } from '../../schema/alert.ts';
import type { ChaseEventRow } from '../../schema/chase.ts';
import type { DisplayEventRow } from '../../schema/display.ts';
import type { DossierEventRow } from '../../schema/dossier.ts';
import type { DutyEventRow } from '../../schema/duty.ts';
import type { EntryEventRow } from '../../schema/entry.ts';
import type { EventRow } from '../../schema/event.ts';
import type { IntakeEventRow } from '../../schema/intake.ts';
import type { LinkEventRow } from '../../schema/link.ts';
import type { ReadingEventRow } from '../../schema/reading.ts';
import type { DeadLetterRow, FamilyRow } from '../../schema/row.ts';
import type { SecurityEventRow } from '../../schema/security.ts';
import type { SyslogEventRow } from '../../schema/syslog.ts';
import type { Log } from '../relations.ts';
import type { RowBuffer } from './row-buffer.ts';

/** One column of an insert: its name, and how a row writes it in RowBinary. */
export interface Column<Row> {
  name: string;
  write: (out: RowBuffer, row: Row) => void;
}

/** The row that each log stores. */
export interface LogRow extends FamilyRow {
  dead_letter: DeadLetterRow;
}

const DAY_MS = 86_400_000;

/** Small helpers so that a list of columns reads like the table. */
function columnsOf<Row>() {
  type Read<Value> = (row: Row) => Value;
  const optional = (write: (out: RowBuffer, value: number) => void) => (name: string, read: Read<number | null>) => ({
    name,
    write: (out: RowBuffer, row: Row) => {
      const value = read(row);
      out.u8(value === null ? 1 : 0);
      if (value !== null) write(out, value);
    },
  });
  return {
    text: (name: string, read: Read<string>): Column<Row> => ({ name, write: (out, row) => out.text(read(row)) }),
    texts: (name: string, read: Read<readonly string[]>): Column<Row> => ({
      name,
      write: (out, row) => out.texts(read(row)),
    }),
    uuid: (name: string, read: Read<string>): Column<Row> => ({ name, write: (out, row) => out.uuid(read(row)) }),
    u8: (name: string, read: Read<number>): Column<Row> => ({ name, write: (out, row) => out.u8(read(row)) }),
    instant: (name: string, read: Read<number>): Column<Row> => ({ name, write: (out, row) => out.i64(read(row)) }),
    day: (name: string, read: Read<string>): Column<Row> => ({
      name,
      write: (out, row) => out.u16(Date.parse(read(row)) / DAY_MS),
    }),
    optionalInstant: optional((out, value) => out.i64(value)),
    optionalF32: optional((out, value) => out.f32(value)),
    optionalF64: optional((out, value) => out.f64(value)),
  };
}

/** The columns that every event log begins with. */
function eventColumns<Row extends EventRow>(): Column<Row>[] {
  const { text, uuid, u8, instant } = columnsOf<Row>();
  return [
    text('unit_path', (row) => row.unit_path),
    instant('observed_at', (row) => row.observed_at),
    uuid('event_key', (row) => row.event_key),
    instant('received_at', (row) => row.received_at),
    text('id', (row) => row.id),
    text('source', (row) => row.source),
    text('type', (row) => row.type),
    text('subject', (row) => row.subject),
    text('unit', (row) => row.unit),
    u8('simulated', (row) => row.simulated),
  ];
}

function dossierColumns(): Column<DossierEventRow>[] {
  const { text, u8, day, optionalInstant } = columnsOf<DossierEventRow>();
  return [
    ...eventColumns<DossierEventRow>(),
    text('dossier_id', (row) => row.dossier_id),
    day('opened_on', (row) => row.opened_on),
    u8('status', (row) => row.status),
    optionalInstant('due_at', (row) => row.due_at),
    text('procedure_code', (row) => row.procedure_code),
    text('procedure_name', (row) => row.procedure_name),
    text('field_code', (row) => row.field_code),
    text('field_name', (row) => row.field_name),
    u8('channel', (row) => row.channel),
    u8('applicant_kind', (row) => row.applicant_kind),
    text('handler_path', (row) => row.handler_path),
    text('handler', (row) => row.handler),
    text('step_holder', (row) => row.step_holder),
    text('attributes', (row) => row.attributes),
  ];
}

function linkColumns(): Column<LinkEventRow>[] {
  const { text, u8, optionalF32, optionalF64 } = columnsOf<LinkEventRow>();
  return [
    ...eventColumns<LinkEventRow>(),
    text('link_id', (row) => row.link_id),
    text('from_unit', (row) => row.from_unit),
    text('ring', (row) => row.ring),
    u8('up', (row) => row.up),
    optionalF32('latency_ms', (row) => row.latency_ms),
    optionalF32('loss_ratio', (row) => row.loss_ratio),
    optionalF64('rx_bps', (row) => row.rx_bps),
    optionalF64('tx_bps', (row) => row.tx_bps),
  ];
}

function securityColumns(): Column<SecurityEventRow>[] {
  const { text, u8 } = columnsOf<SecurityEventRow>();
  return [
    ...eventColumns<SecurityEventRow>(),
    u8('severity', (row) => row.severity),
    text('event_type', (row) => row.event_type),
    text('category', (row) => row.category),
    text('signature', (row) => row.signature),
    text('asset', (row) => row.asset),
    text('action', (row) => row.action),
    text('payload', (row) => row.payload),
  ];
}

function readingColumns(): Column<ReadingEventRow>[] {
  const { text, optionalF64 } = columnsOf<ReadingEventRow>();
  return [
    ...eventColumns<ReadingEventRow>(),
    text('metric', (row) => row.metric),
    optionalF64('value', (row) => row.value),
    text('value_unit', (row) => row.value_unit),
    text('place', (row) => row.place),
  ];
}

function chaseColumns(): Column<ChaseEventRow>[] {
  const { text, texts, optionalInstant } = columnsOf<ChaseEventRow>();
  return [
    ...eventColumns<ChaseEventRow>(),
    text('chase_id', (row) => row.chase_id),
    text('actor', (row) => row.actor),
    text('text', (row) => row.text),
    texts('dossier_ids', (row) => row.dossier_ids),
    optionalInstant('deadline_at', (row) => row.deadline_at),
  ];
}

function entryColumns(): Column<EntryEventRow>[] {
  const { text, optionalF64 } = columnsOf<EntryEventRow>();
  return [
    ...eventColumns<EntryEventRow>(),
    text('metric', (row) => row.metric),
    text('period', (row) => row.period),
    optionalF64('value', (row) => row.value),
    text('actor', (row) => row.actor),
    text('note', (row) => row.note),
  ];
}

function displayColumns(): Column<DisplayEventRow>[] {
  const { text, optionalInstant, optionalF32 } = columnsOf<DisplayEventRow>();
  return [
    ...eventColumns<DisplayEventRow>(),
    text('name', (row) => row.name),
    text('board', (row) => row.board),
    text('version', (row) => row.version),
    optionalInstant('frame_at', (row) => row.frame_at),
    optionalInstant('opened_at', (row) => row.opened_at),
    optionalF32('width', (row) => row.width),
    optionalF32('height', (row) => row.height),
    optionalF32('pixel_ratio', (row) => row.pixel_ratio),
    text('address', (row) => row.address),
  ];
}

function syslogColumns(): Column<SyslogEventRow>[] {
  const { text, u8 } = columnsOf<SyslogEventRow>();
  return [
    ...eventColumns<SyslogEventRow>(),
    u8('facility', (row) => row.facility),
    u8('severity', (row) => row.severity),
    text('format', (row) => row.format),
    text('transport', (row) => row.transport),
    text('sender', (row) => row.sender),
    text('hostname', (row) => row.hostname),
    text('app_name', (row) => row.app_name),
    text('procid', (row) => row.procid),
    text('msgid', (row) => row.msgid),
    text('structured_data', (row) => row.structured_data),
    text('message', (row) => row.message),
    text('fault', (row) => row.fault),
    text('raw', (row) => row.raw),
  ];
}

function intakeColumns(): Column<IntakeEventRow>[] {
  const { text, u8, optionalInstant, optionalF64 } = columnsOf<IntakeEventRow>();
  return [
    ...eventColumns<IntakeEventRow>(),
    text('entry', (row) => row.entry),
    text('name', (row) => row.name),
    text('of_family', (row) => row.of_family),
    optionalF64('period_ms', (row) => row.period_ms),
    optionalF64('received', (row) => row.received),
    optionalF64('accepted', (row) => row.accepted),
    optionalF64('duplicate', (row) => row.duplicate),
    optionalF64('rejected', (row) => row.rejected),
    optionalF64('dropped', (row) => row.dropped),
    optionalF64('kernel_dropped', (row) => row.kernel_dropped),
    optionalF64('faulty', (row) => row.faulty),
    optionalF64('queue_bytes', (row) => row.queue_bytes),
    optionalF64('queue_limit_bytes', (row) => row.queue_limit_bytes),
    optionalF64('oldest_ms', (row) => row.oldest_ms),
    optionalF64('limit_ms', (row) => row.limit_ms),
    optionalInstant('heard_at', (row) => row.heard_at),
    u8('is_silent', (row) => row.is_silent),
    text('error', (row) => row.error),
  ];
}

function alertColumns(): Column<AlertEventRow>[] {
  const { text, u8, instant, optionalInstant, optionalF64 } = columnsOf<AlertEventRow>();
  return [
    ...eventColumns<AlertEventRow>(),
    instant('onset_at', (row) => row.onset_at),
    text('rule', (row) => row.rule),
    text('labels', (row) => row.labels),
    u8('severity', (row) => row.severity),
    optionalF64('value', (row) => row.value),
    text('text', (row) => row.text),
    text('actor', (row) => row.actor),
    text('note', (row) => row.note),
    text('assignee', (row) => row.assignee),
    optionalInstant('until_at', (row) => row.until_at),
    text('receiver', (row) => row.receiver),
    text('reason', (row) => row.reason),
    u8('level', (row) => row.level),
    text('annotations', (row) => row.annotations),
  ];
}

function dutyColumns(): Column<DutyEventRow>[] {
  const { text, optionalInstant } = columnsOf<DutyEventRow>();
  return [
    ...eventColumns<DutyEventRow>(),
    text('actor', (row) => row.actor),
    text('note', (row) => row.note),
    text('matchers', (row) => row.matchers),
    optionalInstant('starts_at', (row) => row.starts_at),
    optionalInstant('ends_at', (row) => row.ends_at),
    text('kind', (row) => row.kind),
    text('shift', (row) => row.shift),
  ];
}

function deadLetterColumns(): Column<DeadLetterRow>[] {
  const { text, uuid, u8, instant } = columnsOf<DeadLetterRow>();
  return [
    text('unit_path', (row) => row.unit_path),
    instant('received_at', (row) => row.received_at),
    uuid('letter_key', (row) => row.letter_key),
    text('source', (row) => row.source),
    text('entry', (row) => row.entry),
    text('code', (row) => row.code),
    text('reason', (row) => row.reason),
    text('payload', (row) => row.payload),
    u8('simulated', (row) => row.simulated),
    text('within', (row) => row.within),
  ];
}

/** The columns of each log, in the order they are sent. A test compares them with the tables. */
export const LOG_COLUMNS: { readonly [L in Log]: readonly Column<LogRow[L]>[] } = {
  dossier: dossierColumns(),
  link: linkColumns(),
  security: securityColumns(),
  reading: readingColumns(),
  chase: chaseColumns(),
  entry: entryColumns(),
  display: displayColumns(),
  syslog: syslogColumns(),
  intake: intakeColumns(),
  alert: alertColumns(),
  duty: dutyColumns(),
  dead_letter: deadLetterColumns(),
};
