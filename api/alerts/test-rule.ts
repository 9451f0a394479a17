import type { LoadedRule } from '#dashboards/dashboards.ts';
import { AlertRuleSchema, type WrittenAlertRule } from '#dashboards/schema/alert-rule.ts';
import { QuerySchema } from '#dashboards/schema/query.ts';
import type { Cell } from '../contract.ts';
import { keyOf, type Instances } from './evaluate-rule.ts';
import type { SeenRows } from './sights.ts';

const text = (vi: string) => ({ vi, en: vi });

/** For tests: a rule of instances `name` that fires below 100, of a query that gives `name`, `value`, `other` and `unit`. */
export function testRule(more: Partial<WrittenAlertRule> = {}): LoadedRule {
  const rule = AlertRuleSchema.parse({
    name: text('Luật thử'),
    summary: text('{name}: {value}'),
    description: text('Thử.'),
    runbook: { vi: ['Xem.'], en: ['Look.'] },
    domain: 'product',
    query: 'thu',
    by: ['name'],
    when: [{ severity: 'high', below: 100 }],
    for: '0s',
    tests: [{ name: 'x', series: {}, states: {} }],
    ...more,
  });
  const query = QuerySchema.parse({
    description: 'Thử.',
    rows: {
      name: { type: 'text' },
      value: { type: 'number', nullable: true },
      other: { type: 'number', nullable: true },
      unit: { type: 'text' },
    },
  });
  return { ...rule, id: 'thu', loaded: { ...query, id: 'thu', sql: '', relations: [] } };
}

/** For tests: an answer to its query, with a row of each instance that has one. */
export function answerOf(values: Readonly<Record<string, number | null>>): SeenRows {
  const rows: Cell[][] = Object.entries(values).map(([name, value]) => [name, value, null, 'H49.02']);
  return { columns: ['name', 'value', 'other', 'unit'], rows };
}

/** For tests: where one of its instances stands. */
export function stateOf(instances: Instances, name: string): string {
  return instances.get(keyOf({ by: ['name'] }, { name }))?.condition?.state ?? 'normal';
}
