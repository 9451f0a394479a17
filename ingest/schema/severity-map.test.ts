import { describe, expect, it } from 'vitest';
import { createJudge, SeverityMapSchema } from './severity-map.ts';

const map = (match: object, severity: object, more: object = {}) => ({
  ...{ name: { vi: 'x', en: 'x' }, match, severity },
  ...more,
});
const event = (vendor: string, severity: string, fields = {}) =>
  ({ format: 'cef', vendor, product: 'P', severity, fields }) as const;

describe('a map of severities', () => {
  it('is refused when a worse number is a milder step, or one word is two', () => {
    const issues = (severity: object, more = {}) =>
      SeverityMapSchema.safeParse(map({ format: 'cef' }, severity, more)).error?.issues.map(({ message }) => message);
    expect(issues({ low: ['5-6'], high: ['1-4'] })).toEqual(['5 is out of order; allowed: rising severities']);
    expect(issues({ low: ['5-6'], high: ['1-4'] }, { order: 'falling' })).toBeUndefined();
    expect(issues({ low: ['Minor'], high: ['minor'] })).toEqual(['minor is low already']);
  });

  it('judges by the most exact file; what none knows is unclassified, and a record is no alert', () => {
    const judge = createJudge([
      SeverityMapSchema.parse(map({ format: 'cef' }, { low: ['0-3'], critical: ['9-10', 'Very-High'] })),
      SeverityMapSchema.parse(
        map({ format: 'cef', vendor: 'acme' }, { high: ['1'] }, { records: { field: 'cat', values: ['traffic'] } }),
      ),
    ]);
    expect(judge(event('Other', '2'))).toEqual({ severity: 1, isAlert: true });
    expect(judge(event('Other', 'very-high'))).toEqual({ severity: 4, isAlert: true });
    expect(judge(event('Other', 'odd'))).toEqual({ severity: 0, isAlert: true });
    expect(judge(event('ACME', '1', { cat: 'TRAFFIC' }))).toEqual({ severity: 3, isAlert: false });
  });
});
