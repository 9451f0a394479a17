import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChaseDataSchema } from '../schema/chase.ts';
import { EnvelopeSchema } from '../schema/event.ts';
import { createChaseFeed } from './chase-life.ts';
import { livesOf } from './dossier-feed.ts';
import { DAY_MS, localDay } from './local-time.ts';
import { eventsBetween } from './schedule.ts';
import { local, shippedProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const province = await shippedProvince();
const { dossiers } = createWorld(province, []);
const monday = local('2026-11-16T00:00');
const ChaseSchema = EnvelopeSchema.extend({ data: ChaseDataSchema, unit: z.string(), subject: z.string() });

describe('what the desk asks', { timeout: 60_000 }, () => {
  const told = eventsBetween([createChaseFeed(dossiers)], monday, monday + 3 * DAY_MS);
  const chases = told.map(({ at, text }) => ({ at, ...ChaseSchema.parse(JSON.parse(text)) }));
  const sent = chases.filter(({ type }) => type === 'chase.sent');

  it('is asked of units that have overdue dossiers, in order of time', () => {
    expect(sent.length).toBeGreaterThan(0);
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => a - b));
    for (const { at, data, unit } of sent) {
      const ids = new Set(data.dossier_ids);
      const lives = [...livesOf(dossiers, localDay(at) - 60, localDay(at), at)].filter(({ id }) => ids.has(id));
      const path = province.units.find(({ code }) => code === unit)?.path ?? '-';
      expect(lives).toHaveLength(ids.size);
      expect(path.split('/')).toHaveLength(province.root.path.split('/').length + 1);
      for (const { due_at = Infinity, finished_at = Infinity, office } of lives) {
        expect(due_at).toBeLessThan(at);
        expect(finished_at).toBeGreaterThan(at);
        expect(office.unit.path.startsWith(path)).toBe(true);
      }
    }
  });

  it('is answered by some, after they have read it', () => {
    const answered = chases.filter(({ type }) => type === 'chase.answered');
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.length).toBeLessThan(sent.length);
    for (const { subject, at } of answered) {
      const read = chases.find((one) => one.subject === subject && one.type === 'chase.acknowledged');
      expect(read?.at).toBeLessThan(at);
    }
  });

  it('is not asked on days off', () =>
    expect(eventsBetween([createChaseFeed(dossiers)], monday - 2 * DAY_MS, monday)).toEqual([]));
});
