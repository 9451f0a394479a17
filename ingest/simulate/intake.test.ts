import { describe, expect, it } from 'vitest';
import { createIntake } from './intake.ts';
import { localDay } from './local-time.ts';
import { local, shippedProvince, testProvince } from './test-province.ts';

const day = (text: string) => localDay(local(`${text}T12:00`));

describe('intake', { timeout: 60_000 }, () => {
  it('brings 1,000 to 1,500 dossiers on a working day, most on Monday, and few on days off', async () => {
    const intake = createIntake(await shippedProvince());
    const weeks = Array.from({ length: 8 }, (_, week) => day('2026-05-11') + 7 * week);
    for (const monday of weeks) {
      const week = Array.from({ length: 7 }, (_, n) => intake(monday + n));
      expect(Math.max(...week)).toBe(week[0]);
      for (const working of week.slice(0, 5)) expect(working).toBeGreaterThan(950);
      for (const working of week.slice(0, 5)) expect(working).toBeLessThan(1600);
      for (const off of week.slice(5)) expect(off).toBeLessThan(260);
    }
  });

  it('is quiet at Tết and fuller after it', async () => {
    const intake = createIntake(await shippedProvince());
    expect(intake(day('2026-02-17'))).toBeLessThan(260);
    expect(intake(day('2026-02-23'))).toBeGreaterThan(1350);
  });

  it('fills a history to exactly the number that is asked for, and leaves other days as they are', async () => {
    const province = await testProvince();
    const [from, to] = [day('2024-03-01'), day('2026-03-01')];
    const intake = createIntake(province, { from, to, total: 123_456 });
    const days = Array.from({ length: to - from }, (_, n) => intake(from + n));
    expect(days.reduce((a, b) => a + b, 0)).toBe(123_456);
    expect(intake(from - 1)).toBe(0);
    expect(intake(to)).toBe(createIntake(province)(to));
  });
});
