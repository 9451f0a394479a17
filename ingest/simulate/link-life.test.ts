import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EnvelopeSchema } from '../schema/event.ts';
import { LinkDataSchema } from '../schema/link.ts';
import { createLinkFeed } from './link-life.ts';
import { planLinks, type LinkPlan } from './link-plan.ts';
import { HOUR_MS, localDay, MINUTE_MS } from './local-time.ts';
import { createOutages } from './outages.ts';
import type { Province, Scene } from './province.ts';
import { openScenes } from './scenes.ts';
import { eventsBetween } from './schedule.ts';
import { local, shippedProvince, testProvince } from './test-province.ts';

const EventSchema = EnvelopeSchema.extend({ subject: z.string(), unit: z.string(), data: LinkDataSchema });
const now = local('2026-11-22T09:41');

describe('the network of the shipped province', { timeout: 60_000 }, () => {
  let province: Province;
  let plan: LinkPlan;
  let scenes: Scene[];
  beforeAll(async () => {
    province = await shippedProvince();
    plan = planLinks(province);
    scenes = openScenes(province, plan, now, -Infinity, []);
  }, 60_000);
  const happening = (from: number, to: number) => {
    const feed = createLinkFeed(province, plan, createOutages(province, plan, scenes));
    return eventsBetween([feed], from, to).map(({ text }) => EventSchema.parse(JSON.parse(text)));
  };

  it('has 310 lines, each with an identifier of its own, and one ring for each of 14 districts', () => {
    expect(plan.lines).toHaveLength(310);
    expect(new Set(plan.lines.map((line) => line.id)).size).toBe(310);
    expect(plan.rings).toHaveLength(14);
    expect(plan.lines.map((line) => line.id)).toContain('tslcd-H49.12.01');
    expect(plan.lifelines.size).toBe(186);
  });

  it('samples every line that is up twice a minute', () => {
    const samples = happening(local('2026-11-20T03:00'), local('2026-11-20T03:01')).filter(
      ({ type }) => type === 'link.sample',
    );
    expect(samples.length).toBeGreaterThan(590);
    expect(samples.length).toBeLessThanOrEqual(620);
    for (const { data } of samples) expect(data.latency_ms).toBeGreaterThan(0);
  });

  it('cuts the ring of Vân Đồn when the wall has been seen: its lines are silent, and come back when it is mended', () => {
    const cut = scenes.find(({ kind }) => kind === 'ring');
    const events = happening((cut?.from ?? 0) - MINUTE_MS, (cut?.to ?? 0) + 2 * MINUTE_MS);
    const ring = events.filter(({ data }) => data.ring === 'vong-van-don');
    const lines = plan.lines.filter((line) => line.ring === 'vong-van-don').length;
    expect(lines).toBeGreaterThanOrEqual(13);
    const at = (time: string) => Date.parse(time);
    const downs = ring.filter(({ type, time }) => type === 'link.down' && at(time) === cut?.from);
    expect(downs).toHaveLength(lines);
    expect(ring.filter(({ type, time }) => type === 'link.up' && at(time) === cut?.to)).toHaveLength(lines);
    const between = ring.filter(({ time }) => at(time) > (cut?.from ?? 0) && at(time) < (cut?.to ?? 0));
    expect(between.filter(({ type }) => type === 'link.sample')).toEqual([]);
    expect(cut?.from).toBe(now + 3 * MINUTE_MS);
  });

  it('cuts a second ring within minutes of the start', () => {
    const [, second] = scenes.filter(({ kind }) => kind === 'ring');
    expect((second?.from ?? 0) - now).toBeGreaterThan(0);
    expect((second?.from ?? 0) - now).toBeLessThan(10 * MINUTE_MS);
  });

  it('has single faults every day, and never two outages of one line at once', () => {
    const outages = createOutages(province, plan, scenes);
    for (let day = localDay(now) - 10; day < localDay(now); day += 1) {
      expect(outages.startingOn(day).length).toBeGreaterThan(5);
      expect(outages.startingOn(day).length).toBeLessThan(120);
    }
    const all = Array.from({ length: 10 }, (_, n) => outages.startingOn(localDay(now) - n)).flat();
    const clashes = all.filter((a) =>
      all.some((b) => a !== b && a.line === b.line && a.from <= b.to && b.from <= a.to),
    );
    expect(clashes).toEqual([]);
  });

  it('says the same when the past is thinned, only less often', () => {
    const outages = createOutages(province, plan, scenes);
    const texts = (thin: number) =>
      eventsBetween([createLinkFeed(province, plan, outages, thin)], now - HOUR_MS, now).map(({ text }) => text);
    const thinned = texts(20);
    const full = new Set(texts(1));
    expect(thinned.filter((text) => !full.has(text))).toEqual([]);
    expect(thinned.filter((text) => !text.includes('link.sample'))).toEqual(
      [...full].filter((text) => !text.includes('link.sample')),
    );
    expect(thinned.length).toBeLessThan(full.size / 10);
  });
});

describe('scenes', { timeout: 60_000 }, () => {
  it('are others where a province does not have those units', async () => {
    const province = await testProvince();
    const plan = planLinks(province);
    const scenes = openScenes(province, plan, now, -Infinity, []);
    expect(scenes).toHaveLength(3);
    for (const scene of scenes) expect(province.units.map((unit) => unit.code)).toContain(scene.unit);
  });

  it('are not opened twice, and never before what has been told', async () => {
    const province = await shippedProvince();
    const plan = planLinks(province);
    const first = openScenes(province, plan, now, -Infinity, []);
    const again = openScenes(province, plan, now + MINUTE_MS, now, first);
    for (const scene of again) expect(first.some(({ unit, to }) => unit === scene.unit && to > scene.from)).toBe(false);
    const later = openScenes(province, plan, now + HOUR_MS, now + HOUR_MS, []);
    for (const scene of later) expect(scene.from).toBeGreaterThanOrEqual(now + HOUR_MS);
  });
});
