import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { dossierRow, insert, linkRow } from './test-rows.ts';

const HOUR_MS = 3_600_000;

/** For tests: units with rows of their own in every log, each marked in every text by a word that stands nowhere else. */
export const MARKED = ['H49', 'H49.01', 'H49.01.03', 'H49.02', 'H49.02.01', 'H49.12'];
/** Dossiers of each marked unit. */
export const EACH = 6;

/** The path of a unit whose code begins with those of the units above it: `/H49/H49.01/`. */
export function pathOf(code: string): string {
  const steps = code.split('.');
  return `/${steps.map((_step, index) => `${steps.slice(0, index + 1).join('.')}/`).join('')}`;
}

/** The word of a unit. */
export const mark = (code: string): string => `Dấu${code.replaceAll('.', 'đ')}x`;

/** Ids of the dossiers of a unit. */
export function idsOf(code: string, now: number): string[] {
  const day = new Date(now - 20 * 24 * HOUR_MS).toISOString().slice(2, 10).replaceAll('-', '');
  return Array.from({ length: EACH }, (_, n) => `${code}-${day}-${n}`);
}

/** Ids of what else a unit has and routes name: its chase, its alert, its silence. */
export const namedOf = (code: string): string[] => [`DD-${code}`, `AL-${code}`, `SI-${code}`];

/** Fills every log with rows of every marked unit, the newest of them ten minutes before `now`. */
export async function insertMarkedRows(writer: ClickHouseClient, now: number): Promise<void> {
  const at = now - 10 * 60_000;
  /** What events of all families have in common. */
  const base = (unit: string, type: string) => ({
    ...{ event_key: randomUUID(), id: `${mark(unit)}-${randomUUID()}`, source: mark(unit), type, subject: mark(unit) },
    ...{ unit_path: pathOf(unit), unit, observed_at: at, received_at: at },
    simulated: 0 as const,
  });
  const ofEach = (log: string, rowOf: (unit: string) => object) => insert(writer, `${log}_event`, MARKED.map(rowOf));

  await insert(
    writer,
    'dossier_event',
    MARKED.flatMap((unit) => idsOf(unit, now).flatMap((dossier_id, n) => dossierRows(unit, dossier_id, n, now))),
  );
  await ofEach('link', (unit) => linkRow({ ...base(unit, 'link.down'), link_id: mark(unit), up: 0 }));
  await ofEach('security', (unit) => ({
    ...base(unit, 'security.alert'),
    ...{ severity: 4, signature: mark(unit), asset: mark(unit), category: mark(unit) },
  }));
  await ofEach('reading', (unit) => ({ ...base(unit, 'reading.sample'), metric: 'queue.waiting', value: 7 }));
  await ofEach('entry', (unit) => ({
    ...base(unit, 'entry.made'),
    ...{ metric: 'index_766.1_1.part', period: '2026-11', value: 5, actor: mark(unit), note: mark(unit) },
  }));
  await ofEach('chase', (unit) => ({
    ...base(unit, 'chase.sent'),
    ...{ subject: `DD-${unit}`, chase_id: `DD-${unit}`, dossier_ids: idsOf(unit, now).slice(0, 2) },
    ...{ text: mark(unit), actor: mark(unit), deadline_at: now + HOUR_MS },
  }));
  await ofEach('alert', (unit) => ({
    ...base(unit, 'alert.firing'),
    ...{ subject: `AL-${unit}`, rule: 'link-down', onset_at: at, severity: 4, value: 1, text: mark(unit) },
    labels: JSON.stringify({ unit, link: mark(unit) }),
  }));
  await ofEach('alert', (unit) => ({
    ...base(unit, 'alert.assigned'),
    ...{ subject: `AL-${unit}`, rule: 'link-down', onset_at: at, labels: '{}' },
    ...{ actor: mark(unit), assignee: mark(unit), note: mark(unit) },
  }));
  await ofEach('duty', (unit) => ({
    ...base(unit, 'silence.set'),
    ...{ subject: `SI-${unit}`, actor: mark(unit), note: mark(unit), kind: 'silence' },
    ...{
      matchers: JSON.stringify([{ name: 'link', op: '=', value: mark(unit) }]),
      starts_at: at,
      ends_at: now + HOUR_MS,
    },
  }));
  await ofEach('syslog', (unit) => ({ ...base(unit, 'syslog.message'), hostname: mark(unit), message: mark(unit) }));
  await writer.insert({
    table: 'log.dead_letter',
    values: MARKED.map((unit) => ({
      ...{ letter_key: randomUUID(), received_at: at, source: mark(unit), entry: 'events', code: mark(unit) },
      ...{ reason: mark(unit), payload: '', unit_path: pathOf(unit) },
    })),
    format: 'JSONEachRow',
  });
}

/** The events of one dossier: every third has ended. */
function dossierRows(unit: string, dossier_id: string, n: number, now: number) {
  const received = dossierRow({
    ...{ procedure_name: mark(unit), field_name: mark(unit), step_holder: mark(unit), handler: mark(unit) },
    ...{ source: mark(unit), unit, unit_path: pathOf(unit), procedure_code: `1.${unit}`, field_code: mark(unit) },
    ...{ dossier_id, observed_at: now - 20 * 24 * HOUR_MS + n, due_at: now - (n - 2) * 24 * HOUR_MS },
  });
  if (n % 3 !== 0) return [received];
  const ended = now - 10 * 60_000 + n;
  return [
    received,
    dossierRow({
      ...received,
      ...{ event_key: randomUUID(), id: randomUUID(), observed_at: ended, received_at: ended, status: 9 },
    }),
  ];
}
