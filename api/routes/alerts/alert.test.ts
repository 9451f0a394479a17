import { describe, expect, it } from 'vitest';
import { createUnitIndex } from '#ingest/schema/unit-index.ts';
import { testRule } from '../../alerts/test-rule.ts';
import { readAlerts } from './alert.ts';

const both = (text: string) => ({ vi: text, en: text });
const units = createUnitIndex({
  ...{ name: both('Tỉnh thử'), heading: both('Tỉnh thử'), root: 'H49', calendar: '', map: '', origin: '' },
  units: [{ code: 'H49', name: 'Tỉnh thử', short: 'Tỉnh thử', type: 'tinh' }],
});
const row = {
  ...{ alert_id: 'AL-1', unit_path: '/H49/', rule: 'thu', labels: '{"name":"vòng"}', severity: 4, human: 'unseen' },
  ...{ text: '', acknowledged_by: '', assignee: '', shelved_by: '', shelved_why: '', closed_by: '', closed_why: '' },
  ...{ notified_to: '', notified_reason: '', level: 0, simulated: 0, since: 2, onset: 1, fired: 1, trigger_value: 5 },
  ...{ acknowledged: null, assigned: null, shelved: null, closed: null, notified: null },
};

describe('an alert as it is replied', () => {
  it.each([
    ['firing', 3, 'vòng: 3'],
    // its row is gone: it is told with what it was about, not with a dash
    ['recovering', null, 'vòng: 5'],
    ['resolved', 0, 'vòng: 5'],
  ])('%s with value %s says "%s"', (state, value, said) => {
    const full = { ...row, state, value };
    const answer = { columns: Object.keys(full), rows: [Object.values(full)] };
    const [alert] = readAlerts(answer, units, new Map([['thu', testRule()]]));
    expect(alert?.texts?.summary.vi).toBe(said);
  });
});
