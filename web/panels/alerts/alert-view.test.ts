// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { alertsOf, severityName } from './alert-view.ts';

describe('alerts', () => {
  it('have a severity by number or by name; anything else is not classified', () => {
    expect([0, 1, 2, 3, 4].map(severityName)).toEqual(['unclassified', 'low', 'medium', 'high', 'critical']);
    expect(severityName('critical')).toBe('critical');
    expect(severityName(null)).toBe('unclassified');
    expect(severityName(9)).toBe('unclassified');
  });

  it('are read from rows; what the query does not give is missing', () => {
    const columns = ['id', 'severity', 'kind', 'unit', 'since', 'value'];
    expect(alertsOf([{ columns, rows: [['a', 4, 'ring_down', 'H49.12', 1000, 14]] }, undefined])).toEqual([
      {
        id: 'a',
        severity: 'critical',
        kind: 'ring_down',
        unit: 'H49.12',
        since: 1000,
        value: 14,
        count: null,
        silent: null,
        subject: '',
        owner: '',
        recovers: false,
        ruled: false,
      },
    ]);
  });

  it('of several results stand in one order: the worst first, then the newest', () => {
    const columns = ['id', 'severity', 'since'];
    const [links, security] = [[['a', 2, 9], ['b', 4, 1]], [['c', 4, 5], ['d', 3, 7]]]; // prettier-ignore
    expect(
      alertsOf([
        { columns, rows: links },
        { columns, rows: security },
      ]).map(({ id }) => id),
    ).toEqual([...['c', 'b', 'd', 'a']]);
  });
});
