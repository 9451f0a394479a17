import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EnvelopeSchema } from '../schema/event.ts';
import { ReadingDataSchema } from '../schema/reading.ts';
import { SecurityDataSchema } from '../schema/security.ts';
import { DAY_MS, MINUTE_MS } from './local-time.ts';
import type { Scene } from './province.ts';
import { createReadingFeed } from './reading-life.ts';
import { eventsBetween } from './schedule.ts';
import { createSecurityFeed } from './security-life.ts';
import { local, shippedProvince } from './test-province.ts';

const EveSchema = z.looseObject({
  timestamp: z.string().regex(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0700$/),
  flow_id: z.int(),
  event_type: z.string(),
  src_ip: z.string(),
  dest_ip: z.string(),
  alert: z.looseObject({ signature: z.string(), signature_id: z.int(), severity: z.int().optional() }).optional(),
});
/** What a sensor of a district raises, with the same words for what is looked at here. */
const DistrictSchema = EnvelopeSchema.extend({
  unit: z.string(),
  data: SecurityDataSchema.extend({ severity: z.string().optional() }),
}).transform(({ id, unit, data }) => ({ id, unit, data, event_type: 'alert', alert: { severity: data.severity } }));
const province = await shippedProvince();
const monday = local('2026-11-16T00:00');

describe('the security sensor', { timeout: 60_000 }, () => {
  const days = Array.from({ length: 14 }, (_, n) =>
    eventsBetween([createSecurityFeed(province)], monday + n * DAY_MS, monday + (n + 1) * DAY_MS).map(
      ({ at, entry, text }) => ({ at, record: (entry === 'eve' ? EveSchema : DistrictSchema).parse(JSON.parse(text)) }),
    ),
  );
  const alerts = days.map((day) => day.filter(({ record }) => record.event_type === 'alert'));
  const ofCentre = days.flat().flatMap(({ record }) => ('flow_id' in record ? [record] : []));
  const ofDistricts = days.flat().flatMap(({ record }) => ('unit' in record ? [record] : []));

  it('raises about 2,400 alerts a day', () => {
    const mean = alerts.flat().length / alerts.length;
    expect(mean).toBeGreaterThan(1900);
    expect(mean).toBeLessThan(2900);
    for (const day of alerts) expect(day.length).toBeGreaterThan(1300);
  });

  it('knows attacks that are a hundred times as dense as the rest', () => {
    const minutes = new Map<number, number>();
    for (const { at } of alerts.flat())
      minutes.set(Math.floor(at / MINUTE_MS), (minutes.get(Math.floor(at / MINUTE_MS)) ?? 0) + 1);
    expect([...minutes.values()].filter((number) => number > 60).length).toBeGreaterThan(10);
  });

  it('writes records of Suricata that accuse no real machine, each a different one', () => {
    const all = ofCentre;
    const isOurs = (ip: string) => /^(10\.49\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(ip);
    expect(all.filter((record) => !isOurs(record.src_ip) || !isOurs(record.dest_ip))).toEqual([]);
    expect(new Set(all.map(({ flow_id }) => flow_id)).size).toBe(all.length);
    expect(new Set(all.map(({ event_type }) => event_type))).toEqual(new Set(['alert', 'flow', 'dns', 'tls']));
  });

  it('uses all three severities, and leaves a few out', () => {
    const severities = ofCentre.flatMap(({ event_type, alert }) => (event_type === 'alert' ? [alert?.severity] : []));
    for (const severity of [1, 2, 3]) expect(severities.filter((one) => one === severity).length).toBeGreaterThan(500);
    const unclassified = severities.filter((one) => one === undefined).length;
    expect(unclassified).toBeGreaterThan(0);
    expect(unclassified).toBeLessThan(200);
  });

  it('has sensors in the districts, whose alerts name their unit and are each a different one', () => {
    expect(new Set(ofDistricts.map(({ unit }) => unit)).size).toBe(14);
    expect(new Set(ofDistricts.map(({ id }) => id)).size).toBe(ofDistricts.length);
    expect(ofDistricts.length / alerts.flat().length).toBeGreaterThan(0.1);
  });

  it('says the same about alerts when other records are left out', () => {
    const only = eventsBetween([createSecurityFeed(province, false)], monday, monday + DAY_MS);
    expect(only.map(({ at }) => at)).toEqual(alerts[0]?.map(({ at }) => at));
  });
});

describe('the sensors', { timeout: 60_000 }, () => {
  const EventSchema = EnvelopeSchema.extend({ subject: z.string(), unit: z.string(), data: ReadingDataSchema });
  const read = (from: number, scenes: readonly Scene[] = []) =>
    eventsBetween([createReadingFeed(province, scenes)], from, from + MINUTE_MS).map(({ text }) =>
      EventSchema.parse(JSON.parse(text)),
    );
  const morning = local('2026-11-16T09:20');

  it('measure queues in every centre, air, traffic, the portal and the data centre', () => {
    const metrics = new Map<string, Set<string>>();
    for (const { data, subject } of read(morning))
      metrics.set(data.metric, (metrics.get(data.metric) ?? new Set()).add(subject));
    expect(metrics.get('queue.waiting')?.size).toBe(15);
    expect([...metrics.keys()]).toEqual(
      expect.arrayContaining([
        'queue.wait_minutes',
        'air.pm25',
        'air.pm10',
        'traffic.flow',
        'portal.visitors',
        'dc.temperature',
        'dc.power',
      ]),
    );
  });

  it('find some 800 visitors of the portal by day', () => {
    const visitors = read(morning).flatMap(({ data }) => (data.metric === 'portal.visitors' ? [data.value ?? 0] : []));
    expect(visitors).toHaveLength(12);
    for (const number of visitors) expect(Math.abs(number - 800)).toBeLessThan(200);
  });

  it('find nobody waiting at night, and then have no waiting time to give: missing, not zero', () => {
    const night = read(local('2026-11-16T02:00'));
    expect(night.filter(({ data }) => data.metric === 'queue.waiting').map(({ data }) => data.value)).toEqual(
      new Array(15).fill(0),
    );
    expect(
      night.filter(({ data }) => data.metric === 'queue.wait_minutes').every(({ data }) => data.value === null),
    ).toBe(true);
  });

  it('say nothing from a centre that is silent', () => {
    const silence: Scene = { kind: 'silence', unit: 'H49.09', from: morning - MINUTE_MS, to: morning + 2 * MINUTE_MS };
    const units = new Set(read(morning, [silence]).map(({ unit }) => unit));
    expect(units.has('H49.09')).toBe(false);
    expect(units.has('H49.10')).toBe(true);
  });
});
