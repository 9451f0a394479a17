import { z } from 'zod';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { AlertRule } from '#dashboards/schema/alert-rule.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { textsOf } from '../../alerts/texts.ts';
import type { Rows } from '../../contract.ts';
import type { Alert, AlertEvent, AlertPage } from '../../contract-alerts.ts';
import { ownQuery } from '../../sql.ts';
import { toRecords } from '../records.ts';

/** Longest list of alerts. */
export const MOST_ALERTS = 1000;
/** Which alerts a list holds: those that are open; these and what was over before anybody saw it; … */
export const WHICH = ['open', 'unsettled', 'pending', 'resolved', 'all'] as const;
export const HUMAN_STATES = ['unseen', 'acknowledged', 'assigned', 'shelved', 'closed'] as const;
const STATES = ['pending', 'firing', 'recovering', 'no_data', 'error', 'resolved'] as const;

const instant = z.number().nullable();
const BothSchema = z.object({ vi: z.string(), en: z.string() });
const StepsSchema = z.object({ vi: z.array(z.string()), en: z.array(z.string()) });

const TextsSchema = z.object({
  name: BothSchema,
  summary: BothSchema,
  description: BothSchema,
  runbook: StepsSchema,
  opens: z.string().nullable(),
  value: z.object({ unit: BothSchema, decimals: z.int() }),
});

/** An alert, as it is replied. */
export const AlertSchema = z.object({
  alert_id: z.string(),
  rule: z.string(),
  unit: z.string(),
  unit_path: z.string(),
  labels: z.record(z.string(), z.string()),
  severity: z.literal([1, 2, 3, 4]),
  state: z.enum(STATES),
  state_at: z.number(),
  human: z.enum(HUMAN_STATES),
  onset_at: z.number(),
  fired_at: instant,
  trigger_value: instant,
  value: instant,
  text: z.string(),
  acknowledged_at: instant,
  acknowledged_by: z.string(),
  assignee: z.string(),
  assigned_at: instant,
  shelved_until: instant,
  shelved_by: z.string(),
  shelved_why: z.string(),
  closed_at: instant,
  closed_by: z.string(),
  closed_why: z.string(),
  notified_at: instant,
  notified_to: z.string(),
  notified_reason: z.string(),
  level: z.int(),
  simulated: z.literal([0, 1]),
  texts: TextsSchema.nullable(),
}) satisfies z.ZodType<Alert>;

export const CountsSchema = z.object({
  open: z.int(),
  unseen: z.int(),
  critical: z.int(),
  mine: z.int(),
  shelved: z.int(),
  resolved_unseen: z.int(),
}) satisfies z.ZodType<AlertPage['counts']>;

export const EventSchema = z.object({
  at: z.number(),
  type: z.string(),
  severity: z.int(),
  value: instant,
  actor: z.string(),
  note: z.string(),
  assignee: z.string(),
  until_at: instant,
  receiver: z.string(),
  reason: z.string(),
  level: z.int(),
}) satisfies z.ZodType<AlertEvent>;

/** An event as it is read: the detail of an alert says once what was remarked on it. */
const EventRowSchema = EventSchema.extend({ annotations: z.string() });
const LabelsSchema = z.record(z.string(), z.string());
const RowSchema = z.object({
  ...AlertSchema.pick({
    ...{ alert_id: true, unit_path: true, rule: true, state: true, severity: true, human: true, trigger_value: true },
    ...{ value: true, text: true, acknowledged_by: true, assignee: true, shelved_by: true, shelved_why: true },
    ...{ closed_by: true, closed_why: true, notified_to: true, notified_reason: true, level: true, simulated: true },
  }).shape,
  labels: z.string(),
  ...{ since: z.number(), onset: z.number(), fired: instant, acknowledged: instant, assigned: instant },
  ...{ shelved: instant, closed: instant, notified: instant },
});

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const at = { type: 'instant' } as const;
const maybe = { type: 'instant', nullable: true } as const;
const figure = { type: 'number', nullable: true } as const;

/** The alerts of list.sql. */
export function alertQuery(): LoadedQuery {
  return ownQuery('routes/alerts/list.sql', ['alert'], {
    description: 'Alerts and where they stand',
    params: {
      ids: { type: 'String', default: '[]' },
      which: { type: 'String', default: 'unsettled', allowed: [...WHICH] },
      ...{ human: { type: 'String', default: '' }, severity: { type: 'String', default: '' } },
      ...{ rules: { type: 'String', default: '' }, owner: { type: 'String', default: '' } },
      ...{ q: { type: 'String', default: '' }, own: { type: 'UInt8', default: 0, allowed: [0, 1] } },
      page: { type: 'UInt16', default: 200 },
    },
    rows: {
      ...{ alert_id: text, unit_path: text, rule: text, labels: text, state: text, since: at, severity: number },
      ...{ human: text, onset: at, fired: maybe, trigger_value: figure, value: figure, text },
      ...{ acknowledged: maybe, acknowledged_by: text, assignee: text, assigned: maybe },
      ...{ shelved: maybe, shelved_by: text, shelved_why: text, closed: maybe, closed_by: text, closed_why: text },
      ...{ notified: maybe, notified_to: text, notified_reason: text, level: number, simulated: number, total: number },
    },
    max_rows: MOST_ALERTS,
  });
}

/** How many there are: counts.sql. */
export function countsQuery(): LoadedQuery {
  return ownQuery('routes/alerts/counts.sql', ['alert'], {
    description: 'How many alerts the scope holds',
    params: { actor: { type: 'String', default: '' } },
    rows: { open: number, unseen: number, critical: number, mine: number, shelved: number, resolved_unseen: number },
    max_rows: 1,
  });
}

/** What became of one: events.sql. */
export function alertEventsQuery(): LoadedQuery {
  return ownQuery('routes/alerts/events.sql', ['alert_event'], {
    description: 'Events of one alert',
    params: { alert: { type: 'String', default: '' } },
    rows: {
      ...{ at, type: text, severity: number, value: figure, actor: text, note: text, assignee: text },
      ...{ until_at: maybe, receiver: text, reason: text, level: number, annotations: text },
    },
    max_rows: 1000,
  });
}

/** Rows of events.sql as they are replied, and what another monitor remarked on the alert. */
export function readEvents(answer: Rows): { events: AlertEvent[]; annotations: Record<string, string> } {
  const rows = toRecords(answer).map((record) => EventRowSchema.parse(record));
  const remarked = rows.find(({ annotations }) => annotations !== '')?.annotations;
  return {
    events: rows.map((row) => EventSchema.parse(row)),
    annotations: remarked === undefined ? {} : LabelsSchema.parse(JSON.parse(remarked)),
  };
}

/** Rows of list.sql as they are replied. */
export function readAlerts(answer: Rows, units: UnitIndex, rules: ReadonlyMap<string, AlertRule>): Alert[] {
  const byPath = new Map(units.units.map((unit) => [unit.path, unit]));
  return toRecords(answer).map((record) => {
    const { since, onset, fired, acknowledged, assigned, shelved, closed, notified, ...row } = RowSchema.parse(record);
    const labels = row.labels === '' ? {} : LabelsSchema.parse(JSON.parse(row.labels));
    const unit = byPath.get(row.unit_path);
    const rule = rules.get(row.rule);
    // what is over or ending, or is no longer seen, is told with the value that it was about
    const isCalm = row.state === 'recovering' || row.state === 'resolved';
    const value = isCalm ? row.trigger_value : (row.value ?? row.trigger_value);
    const filling = { labels, value, text: row.text, unit: unit?.code ?? '', unit_name: unit?.name ?? '' };
    return {
      ...row,
      labels,
      unit: unit?.code ?? '',
      texts: rule ? textsOf(rule, filling) : null,
      ...{ state_at: since, onset_at: onset, fired_at: fired, acknowledged_at: acknowledged, assigned_at: assigned },
      ...{ shelved_until: shelved, closed_at: closed, notified_at: notified },
    };
  });
}
