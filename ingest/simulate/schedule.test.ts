import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './local-time.ts';
import type { Scene } from './province.ts';
import { eventsBetween, startSchedule } from './schedule.ts';
import { local, shippedProvince, testProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const scenes: Scene[] = [
  { kind: 'ring', unit: 'H49.12', from: local('2026-03-02T09:00'), to: local('2026-03-02T09:16') },
  { kind: 'silence', unit: 'H49.14', from: local('2026-03-02T08:30'), to: local('2026-03-02T11:00') },
];
const worldOf = async (seed: number) => createWorld(await testProvince({ seed, per_working_day: 20 }), scenes);
const start = local('2026-03-02T08:45');

describe('what happens in a province', { timeout: 60_000 }, () => {
  it('is the same whether it is worked out at once or piece by piece', async () => {
    const { live } = await worldOf(7);
    const offset = fc.integer({ min: 0, max: 40 * MINUTE_MS });
    fc.assert(
      fc.property(offset, offset, offset, (...offsets) => {
        const [a = 0, b = 0, c = 0] = offsets.toSorted((x, y) => x - y).map((ms) => start + ms);
        expect([...eventsBetween(live, a, b), ...eventsBetween(live, b, c)]).toEqual(eventsBetween(live, a, c));
      }),
      { numRuns: 8 },
    );
  });

  it('is the same over days for dossiers, whose lives are long', async () => {
    const { live } = await worldOf(7);
    const dossiers = live.slice(0, 1);
    const from = local('2026-02-10T00:00');
    const whole = eventsBetween(dossiers, from, from + 40 * DAY_MS);
    const pieces = [0, 3, 4.3, 11, 12.37, 25, 39.99, 40].flatMap((end, n, ends) =>
      n === 0 ? [] : eventsBetween(dossiers, from + (ends[n - 1] ?? 0) * DAY_MS, from + end * DAY_MS),
    );
    expect(pieces).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1000);
  });

  it('depends on the seed and on nothing else', async () => {
    const to = start + 20 * MINUTE_MS;
    const [one, same, other] = await Promise.all([7, 7, 8].map(worldOf));
    const texts = (world: typeof one) => eventsBetween(world?.live ?? [], start, to).map(({ text }) => text);
    expect(texts(same)).toEqual(texts(one));
    expect(texts(other)).not.toEqual(texts(one));
  });

  it('comes in order and every message once', async () => {
    const { live } = await worldOf(7);
    const schedule = startSchedule(live, start);
    const taken = [...schedule.take(start + HOUR_MS, 100), ...schedule.take(start + HOUR_MS, Infinity)];
    expect(taken.map(({ at }) => at)).toEqual(taken.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(new Set(taken.map(({ text, entry }) => entry + text)).size).toBe(taken.length);
    expect(schedule.take(start + HOUR_MS, 10)).toEqual([]);
  });

  it('never stops: at two on a Sunday morning something comes in every second', async () => {
    const { live } = createWorld(await shippedProvince(), []);
    const night = local('2026-03-01T02:00');
    const seconds = new Set(
      eventsBetween(live.slice(1), night, night + MINUTE_MS).map(({ at }) => Math.floor(at / 1000)),
    );
    expect(seconds.size).toBe(60);
  });

  it('tells what a silent unit did when it is back, as it happened', async () => {
    const { live } = await worldOf(7);
    const [silence] = scenes.slice(1);
    const messages = eventsBetween(live.slice(0, 1), silence?.from ?? 0, (silence?.to ?? 0) + 1);
    const own = messages.filter(({ text }) => text.includes('"MaHoSo":"H49.14'));
    expect(own.length).toBeGreaterThan(0);
    for (const { at } of own) expect(at).toBe(silence?.to);
    expect(own.some(({ text }) => /"20260302(08[345]|09|10)/.test(text))).toBe(true);
  });
});
