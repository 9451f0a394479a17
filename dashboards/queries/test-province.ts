import { createHash } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';

/** Wednesday 18 November 2026, 10:30 in Việt Nam: the instant at which the test province is looked at. */
export const AT = instant('2026-11-18 10:30:00');

/** Epoch milliseconds of a local time of Việt Nam. */
export function instant(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}+07:00`);
}

/** `/H49/H49.02/H49.02.01/` of `H49.02.01`; `/H49/?/` of `?`. */
function pathOf(unit: string): string {
  if (unit === '?') return '/H49/?/';
  const parts = unit.split('.');
  return `/${parts.map((_, index) => parts.slice(0, index + 1).join('.')).join('/')}/`;
}

type Row = Record<string, string | number | null>;

/** What every row has; `received` is when it was seen, a second after it happened unless said otherwise. */
function event(unit: string, at: string, key: string, more: Row & { received?: string }): Row {
  const { received, ...rest } = more;
  const hash = createHash('md5').update(key).digest('hex');
  return {
    unit_path: pathOf(unit),
    unit,
    observed_at: instant(at),
    received_at: received === undefined ? instant(at) + 1000 : instant(received),
    event_key: hash.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
    id: key,
    subject: key,
    source: 'test',
    simulated: 0,
    ...rest,
  };
}

const TYPES: Readonly<Record<number, string>> = {
  0: 'dossier.step',
  1: 'dossier.submitted',
  2: 'dossier.received',
  4: 'dossier.step',
  5: 'dossier.paused',
  7: 'dossier.withdrawn',
  9: 'dossier.finished',
  10: 'dossier.returned',
};

/** One event of a dossier. The day in its number is `opened`; `no-day` for a number that holds none. */
export function dossier(
  unit: string,
  name: string,
  opened: string,
  status: number,
  at: string,
  more: { due?: string; channel?: number; received?: string; holder?: string } = {},
): Row {
  const { due, channel, received, holder } = more;
  return event(unit, at, `${name}-${status}-${at}`, {
    type: TYPES[status] ?? '',
    status,
    dossier_id: `${unit}-${name}`,
    opened_on: opened === 'no-day' ? '1970-01-01' : opened,
    due_at: due === undefined ? null : instant(due),
    channel: channel ?? 0,
    step_holder: holder ?? '',
    procedure_name: `Thủ tục ${name}`,
    ...(received === undefined ? {} : { received }),
  });
}

/** One event of the link to a unit. */
export function link(unit: string, type: 'up' | 'down' | 'sample', at: string, ring = ''): Row {
  const up = type === 'down' ? 0 : 1;
  return event(unit, at, `link-${unit}-${at}`, {
    type: `link.${type}`,
    link_id: `tslcd-${unit}`,
    from_unit: 'H49',
    ring,
    up,
  });
}

/** One record of a sensor; with a severity it is an alert. */
export function security(unit: string, at: string, severity?: number): Row {
  const type = severity === undefined ? 'security.record' : 'security.alert';
  return event(unit, at, `security-${unit}-${at}`, {
    type,
    severity: severity ?? 0,
    signature: 'ET SCAN',
    asset: 'may-1',
  });
}

/** One reading of the people waiting at a desk. */
export function waiting(unit: string, at: string, value: number | null, received?: string): Row {
  const more = { type: 'reading.sample', metric: 'queue.waiting', value, subject: `quay-${unit}` };
  return event(unit, at, `waiting-${unit}-${at}`, { ...more, ...(received === undefined ? {} : { received }) });
}

/** One reading of a metric by a sensor. */
export function reading(unit: string, metric: string, subject: string, at: string, value: number | null): Row {
  return event(unit, at, `${metric}-${subject}-${at}`, {
    type: 'reading.sample',
    metric,
    value,
    subject,
    place: 'Phòng máy',
  });
}

/** A figure that somebody stated. */
export function entry(unit: string, metric: string, period: string, at: string, value: number | null): Row {
  return event(unit, at, `entry-${metric}-${unit}-${period}-${at}`, {
    ...{ type: 'entry.made', metric, period, value, actor: 'an', note: '' },
  });
}

/** The note that the applicant of one dossier was sent a slip of apology. */
export function apology(unit: string, dossier_id: string, at: string): Row {
  return {
    ...event(unit, at, `apology-${dossier_id}`, { type: 'apology.sent', actor: 'an' }),
    dossier_ids: dossier_id,
  };
}

/** One report of an entry or a source, or that a source was looked at: `type` without its family. */
export function intake(type: 'report' | 'source' | 'silent' | 'heard', subject: string, at: string, more: Row): Row {
  return { ...event('H49', at, `intake-${type}-${subject}-${at}`, { type: `intake.${type}`, subject }), ...more };
}

/** One sign of a screen: its last frame was drawn at `frame`; without one nobody expects it to draw any more. */
export function screen(unit: string, name: string, at: string, frame?: string): Row {
  return event(unit, at, `screen-${name}-${at}`, {
    ...{ type: frame === undefined ? 'display.gone' : 'display.seen', subject: `man-${name}`, name },
    frame_at: frame === undefined ? null : instant(frame),
  });
}

/** Inserts rows into a log, as one batch. */
export async function insert(writer: ClickHouseClient, table: string, values: readonly Row[]): Promise<void> {
  const rows = values.map((row) => ({
    ...row,
    observed_at: stamp(row.observed_at),
    received_at: stamp(row.received_at),
    ...('dossier_ids' in row ? { dossier_ids: [row.dossier_ids] } : {}),
    ...(typeof row.frame_at === 'number' ? { frame_at: stamp(row.frame_at) } : {}),
    ...(typeof row.heard_at === 'number' ? { heard_at: stamp(row.heard_at) } : {}),
    ...('due_at' in row ? { due_at: row.due_at === null ? null : stamp(row.due_at) } : {}),
  }));
  await writer.insert({ table: `log.${table}`, values: rows, format: 'JSONEachRow' });
}

function stamp(ms: string | number | null | undefined): string {
  return new Date(Number(ms)).toISOString().replace('T', ' ').replace('Z', '');
}
