import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EntryDataSchema } from '../schema/entry.ts';
import { EnvelopeSchema } from '../schema/event.ts';
import { livesOf } from './dossier-feed.ts';
import { DAY_MS, localDay } from './local-time.ts';
import { eventsBetween } from './schedule.ts';
import { createStatementFeed } from './statement-life.ts';
import { local, shippedProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const province = await shippedProvince();
const { dossiers } = createWorld(province, []);
const tuesday = local('2026-11-17T00:00');
const StatedSchema = EnvelopeSchema.extend({ data: EntryDataSchema, unit: z.string() });

describe('the stated figures', { timeout: 60_000 }, () => {
  const told = eventsBetween([createStatementFeed(dossiers)], tuesday, tuesday + DAY_MS);
  const stated = told.map(({ at, text }) => ({ at, ...StatedSchema.parse(JSON.parse(text)) }));
  const day = localDay(tuesday - 1);

  it('come once a day, the next morning, of each department and district that received any', () => {
    expect(new Set(stated.map(({ at }) => at))).toEqual(new Set([local('2026-11-17T07:00')]));
    expect(new Set(stated.map(({ data }) => data.period))).toEqual(new Set(['2026-11-16']));
    expect(stated.map(({ unit }) => unit)).toContain('H49.01');
    expect(new Set(stated.map(({ unit }) => unit)).size).toBe(stated.length);
  });

  it('are what was received, but for the units that misstate theirs', () => {
    const { misstated } = province.behaviour;
    expect(Object.keys(misstated).length).toBeGreaterThan(0);
    for (const { unit, data } of stated) {
      const path = province.units.find(({ code }) => code === unit)?.path ?? '-';
      const lives = [...livesOf(dossiers, day - 30, day, tuesday - DAY_MS)];
      const received = lives.filter(
        ({ office, received_at = 0 }) => office.unit.path.startsWith(path) && localDay(received_at) === day,
      );
      expect([unit, data.value]).toEqual([unit, received.length + (misstated[unit] ?? 0)]);
    }
  });
});
