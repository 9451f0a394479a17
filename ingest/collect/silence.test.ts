import { describe, expect, it } from 'vitest';
import { SourceLimitsSchema } from '../schema/source-limits.ts';
import { createSilenceWatch } from './silence.ts';

const HOUR_MS = 3_600_000;
const limits = SourceLimitsSchema.parse({
  families: { link: { silent_after_s: 60 }, dossier: { silent_after_s: 3_600, working_time: true } },
  sources: [{ source: 'cham', silent_after_s: 600 }],
});
/** A working time that knows one lunch: from 11 to 13 o'clock of the test nobody works. */
const working = {
  addMs: (from: number, ms: number) => (from + ms > 11 * HOUR_MS ? from + ms + 2 * HOUR_MS : from + ms),
};
const watchOf = () => createSilenceWatch({ limits, working, process: 'test' });
const link = (heard_at: number, source = 'a') => ({ family: 'link' as const, source, heard_at });
const typesOf = (records: ReturnType<ReturnType<typeof watchOf>['look']>) => records.map(({ type, at }) => [type, at]);

describe('the watch over silence', () => {
  it('tells once that a source fell silent, when its limit was passed, and that it speaks again', () => {
    const { look } = watchOf();
    expect(typesOf(look([link(1_000)], 60_000))).toEqual([['intake.source', 60_000]]);
    expect(typesOf(look([link(1_000)], 70_000))).toEqual([['intake.source', 70_000], ['intake.silent', 61_000]]); // prettier-ignore
    expect(typesOf(look([link(1_000)], 80_000))).toEqual([['intake.source', 80_000]]);
    expect(typesOf(look([link(85_000)], 90_000))).toEqual([['intake.source', 90_000], ['intake.heard', 85_000]]); // prettier-ignore
  });

  it('is the same event for a watch that was started anew', () => {
    const first = watchOf().look([link(1_000)], 70_000)[1];
    expect(watchOf().look([link(1_000)], 99_000)[1]).toEqual(first);
  });

  it('has the most exact limit, and none for what nobody limits', () => {
    const records = watchOf().look([link(0, 'cham'), { family: 'chase', source: 'x', heard_at: 0 }], 61_000);
    expect(records.map(({ subject, data }) => [subject, data.limit_ms, data.is_silent])).toEqual([['link/cham', 600_000, false]]); // prettier-ignore
  });

  it('counts office hours alone where the limit says so', () => {
    const heard = [{ family: 'dossier' as const, source: 'mot-cua', heard_at: 10.5 * HOUR_MS }];
    expect(watchOf().look(heard, 13 * HOUR_MS)[0]?.data.is_silent).toBe(false);
    expect(watchOf().look(heard, 13.6 * HOUR_MS)[0]?.data.is_silent).toBe(true);
  });
});
