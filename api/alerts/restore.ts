import { z } from 'zod';
import type { LoadedRule } from '#dashboards/dashboards.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { toRecords } from '../routes/records.ts';
import { ownQuery } from '../sql.ts';
import type { Store } from '../store.ts';
import { ALERT_ID, slotOf, type Kept } from './alert-event.ts';
import { keyOf, type Tracked } from './evaluate-rule.ts';

const STATES = ['pending', 'firing', 'recovering', 'no_data', 'error'] as const;
const OpenSchema = z.object({
  alert_id: z.string(),
  unit_path: z.string(),
  rule: z.string(),
  labels: z.string(),
  state: z.enum(STATES),
  since: z.number(),
  severity: z.literal([1, 2, 3, 4]),
  onset: z.number(),
  fired: z.number().nullable(),
  value: z.number().nullable(),
  text: z.string(),
});
const MovedSchema = z.object({ rule: z.string(), moved: z.number() });
const LabelsSchema = z.record(z.string(), z.string());

/** What the log says of rules: their alerts that are not resolved, by rule and instance, and up to when each has been evaluated. Instants are epoch ms. */
export interface Restored {
  instances: Map<string, Map<string, Tracked>>;
  /** Which alert each instance is, and the unit that it is kept under, by `slotOf`. */
  kept: Map<string, Kept>;
  /** Alerts of rules that are not there any more. */
  orphans: { rule: string; tracked: Tracked; kept: Kept }[];
  evaluated: (rule: string) => number | undefined;
}

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
const at = { type: 'instant' } as const;

const OPEN = ownQuery('alerts/restore.sql', ['alert'], {
  description: 'Alerts that are not resolved',
  rows: {
    ...{ alert_id: text, unit_path: text, rule: text, labels: text, state: text, since: at, severity: number },
    ...{ onset: at, fired: { type: 'instant', nullable: true }, value: { type: 'number', nullable: true }, text },
  },
});
const EVALUATED = ownQuery('alerts/evaluated.sql', ['alert_event'], {
  description: 'When each rule last moved an alert, and up to when all were evaluated',
  rows: { rule: text, moved: at },
});
/** Most alerts that are open at once. */
const MOST_OPEN = 100_000;

/** Reads where the evaluator stood. Throws what the store throws. */
export async function restore(
  store: Pick<Store, 'run'>,
  rules: ReadonlyMap<string, LoadedRule>,
  units: UnitIndex,
): Promise<Restored> {
  const lens = { scope: units.root.path, at: null, known_at: null };
  const [open, moved] = await Promise.all([
    store.run({ ...OPEN, max_rows: MOST_OPEN }, {}, lens),
    store.run({ ...EVALUATED, max_rows: MOST_OPEN }, {}, lens),
  ]);
  const codes = new Map(units.units.map(({ path, code }) => [path, code]));
  const found: Restored = { instances: new Map(), kept: new Map(), orphans: [], evaluated: () => undefined };
  for (const record of toRecords(open)) {
    const row = OpenSchema.parse(record);
    // what was pushed by somebody else is theirs to resolve
    if (!row.alert_id.startsWith(ALERT_ID)) continue;
    const unit = codes.get(row.unit_path) ?? units.root.code;
    const kept = { alert_id: row.alert_id, unit };
    const tracked = trackedOf(row, unit);
    const rule = rules.get(row.rule);
    if (!rule) {
      found.orphans.push({ rule: row.rule, tracked, kept });
      continue;
    }
    const instances = found.instances.get(row.rule) ?? new Map<string, Tracked>();
    const key = keyOf(rule, tracked.labels);
    found.instances.set(row.rule, instances.set(key, tracked));
    found.kept.set(slotOf(row.rule, key, row.onset), kept);
  }
  const last = new Map(
    toRecords(moved)
      .map((record) => MovedSchema.parse(record))
      .map((row) => [row.rule, row.moved]),
  );
  const all = last.get('');
  const evaluated = (rule: string) => {
    const own = last.get(rule);
    return own === undefined ? all : Math.max(own, all ?? own);
  };
  return { ...found, evaluated };
}

function trackedOf(row: z.output<typeof OpenSchema>, unit: string): Tracked {
  const { state, severity, since, onset, fired, value } = row;
  return {
    labels: row.labels === '' ? {} : LabelsSchema.parse(JSON.parse(row.labels)),
    condition: {
      state,
      severity,
      onset_at: onset,
      fired_at: fired,
      cleared_at: state === 'recovering' ? since : null,
    },
    value,
    text: row.text,
    unit,
  };
}
