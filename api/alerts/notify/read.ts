import { z } from 'zod';
import { MatcherSchema } from '#ingest/schema/duty.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { LoadedRule } from '#dashboards/dashboards.ts';
import { codesByPath } from '../../routes/dossiers/rows.ts';
import { toRecords } from '../../routes/records.ts';
import { ownQuery } from '../../sql.ts';
import type { Params, Question, Store } from '../../store.ts';
import type { Cell } from '../../contract.ts';
import type { Lens } from '../../lens.ts';
import { marksOf, toldBy, type Marks } from './marks.ts';
import { matchLabels, type NotifyAlert } from './notify-alert.ts';
import type { Silence } from './silence.ts';

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
const instant = { type: 'instant' } as const;
const maybe = { type: 'instant', nullable: true } as const;

const standing = ownQuery('alerts/notify/standing.sql', ['alert'], {
  description: 'Alerts that somebody may have to be told of',
  params: { ids: { type: 'String', default: '' }, lately_s: { type: 'UInt32', default: 0 } },
  rows: {
    ...{ alert_id: text, unit_path: text, rule: text, labels: text, state: text, since_at: instant, severity: number },
    ...{ onset: instant, fired: instant, value: { type: 'number', nullable: true }, text, acknowledged: number },
    ...{ assignee: text, shelved: maybe, closed: number },
  },
});
const noted = ownQuery('alerts/notify/marks.sql', ['alert', 'alert_event'], {
  description: 'What receivers were told of alerts',
  params: { lately_s: { type: 'UInt32', default: 0 } },
  rows: {
    ...{ alert_id: text, receiver: text, escalated: number, reason: text, reason_at: instant, told: text },
    ...{ told_at: instant, first_at: instant, was_told: number },
  },
});
const silences = ownQuery('alerts/notify/silences.sql', ['silence'], {
  description: 'Silences and windows of maintenance',
  params: { id: { type: 'String', default: '' }, lately_s: { type: 'UInt32', default: 0 } },
  rows: {
    ...{ silence_id: text, unit_path: text, kind: text, matchers: text, starts: instant, ends: instant, ended: maybe },
    ...{ set_by: text, note: text, set: instant, ended_by: text },
  },
  max_rows: 1_000,
});
const evaluated = ownQuery('alerts/notify/evaluated.sql', ['alert_event'], {
  description: 'Up to when all rules have been evaluated',
  rows: { evaluated_at: instant },
});

const json = z.string().transform((value): unknown => JSON.parse(value === '' ? '{}' : value));
const AlertRowSchema = z.object({
  alert_id: z.string(),
  unit_path: z.string(),
  rule: z.string(),
  labels: json.pipe(z.record(z.string(), z.string())),
  state: z.string(),
  since_at: z.number(),
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).catch(1),
  onset: z.number(),
  fired: z.number(),
  value: z.number().nullable(),
  text: z.string(),
  acknowledged: z.number(),
  assignee: z.string(),
  shelved: z.number().nullable(),
  closed: z.number(),
});
const MarkRowSchema = z.object({
  alert_id: z.string(),
  receiver: z.string(),
  escalated: z.number(),
  reason: z.string(),
  reason_at: z.number(),
  told: z.string(),
  told_at: z.number(),
  first_at: z.number(),
  was_told: z.number(),
});
const SilenceRowSchema = z.object({
  silence_id: z.string(),
  unit_path: z.string(),
  kind: z.string(),
  matchers: json.pipe(z.array(MatcherSchema)),
  starts: z.number(),
  ends: z.number(),
  ended: z.number().nullable(),
  set_by: z.string(),
  note: z.string(),
  set: z.number(),
  ended_by: z.string(),
});

/** A silence with who set it, and why. */
export interface SetSilence extends Silence {
  set_by: string;
  set_at: number;
  note: string;
  ended_by: string;
}

/** What the readers need of the province. */
export interface Served {
  units: UnitIndex;
  rules: ReadonlyMap<string, LoadedRule>;
}

type Asked = Pick<Store, 'run' | 'stream'>;

/** All rows of a question by name, however many: what is open is not bounded. */
async function allOf(
  { stream }: Asked,
  question: Question,
  params: Params,
  lens: Lens,
): Promise<Record<string, Cell>[]> {
  const columns = Object.keys(question.rows);
  const records: Record<string, Cell>[] = [];
  for await (const rows of stream(question, params, lens)) records.push(...toRecords({ columns, rows }));
  return records;
}

/** What is not of a rule's file was pushed. */
export const PUSHED = 'pushed';

/** Alerts that are open (with `lately_s` also what was over in so many seconds and had been told of), or those of `ids`. Throws as `store.run`. */
export async function readStanding(
  store: Asked,
  { units, rules }: Served,
  lens: Lens,
  params: { ids: string } | { lately_s: number },
): Promise<NotifyAlert[]> {
  const codes = codesByPath(units);
  return (await allOf(store, standing, params, lens)).map((record) => {
    const row = AlertRowSchema.parse(record);
    const { alert_id, unit_path, rule, labels, severity, value, assignee } = row;
    const placed = { rule, unit_path, unit: codes.get(unit_path) ?? '', severity, labels };
    return {
      ...{ alert_id, ...placed, value, text: row.text, assignee },
      isResolved: row.state === 'resolved',
      onset_at: row.onset,
      fired_at: row.fired,
      state_at: row.since_at,
      acknowledged: row.acknowledged === 1,
      shelved_until: row.shelved,
      closed: row.closed === 1,
      match: matchLabels(placed, rules.get(rule)?.domain ?? PUSHED),
    };
  });
}

/** What has been noted about alerts, as it was folded when it was noted. */
export async function readMarks(store: Asked, lens: Lens, lately_s: number): Promise<Marks> {
  const marks: Marks = new Map();
  for (const record of await allOf(store, noted, { lately_s }, lens)) {
    const { alert_id, receiver, escalated, told, told_at, reason, reason_at, ...first } = MarkRowSchema.parse(record);
    const known = marksOf(marks, alert_id);
    if (escalated > 0) known.escalated.add(`${escalated} ${receiver}`);
    else {
      const at = told_at > 0 ? told_at : null;
      known.receivers.set(receiver, { told: toldBy(told) ?? 'nothing', told_at: at, reason, reason_at });
      if (first.was_told === 1) known.first_at = Math.min(known.first_at ?? Infinity, first.first_at);
    }
  }
  return marks;
}

/** Silences that stand, will stand or ended in the last seconds, or the one of `id`. */
export async function readSilences(
  { run }: Asked,
  lens: Lens,
  params: { id: string } | { lately_s: number },
): Promise<SetSilence[]> {
  return toRecords(await run(silences, params, lens)).map((record) => {
    const { starts, ends, ended, set, kind, ...row } = SilenceRowSchema.parse(record);
    const isMaintenance = kind === 'maintenance';
    return {
      ...row,
      ...{ starts_at: starts, ends_at: ends, ended_at: ended, set_at: set },
      kind: isMaintenance ? 'maintenance' : 'silence',
    };
  });
}

/** Up to when all rules have been evaluated, epoch ms. */
export async function readEvaluated({ run }: Asked, lens: Lens): Promise<number> {
  const [record] = toRecords(await run(evaluated, {}, lens));
  return z.object({ evaluated_at: z.number() }).parse(record).evaluated_at;
}
