import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LinkEventRow } from '../../schema/link.ts';
import { migrate } from '../migrate.ts';
import { startTestStore, type TestStore } from '../test-store.ts';
import { mergeLink } from './link.oracle.ts';

const START = Date.parse('2026-11-20T01:00:00Z');
const MINUTE = 60_000;
const UNIT = { unit_path: '/H49/H49.02/', unit: 'H49.02' };

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const instant = z.coerce.number();
const RowSchema = z.object({
  link_id: z.string(),
  ...{ up: z.union([z.literal(0), z.literal(1)]), state_at: instant, alive_at: instant, sample_at: instant },
  ...{ last_up_at: instant.nullable(), last_down_at: instant.nullable(), from_unit: z.string(), ring: z.string() },
  ...{ latency_ms: z.number().nullable(), loss_ratio: z.number().nullable() },
  ...{ rx_bps: z.number().nullable(), tx_bps: z.number().nullable() },
});
async function read(database: 'live' | 'history') {
  const query = `SELECT link_id, toUnixTimestamp64Milli(state_at) AS state_at, toUnixTimestamp64Milli(assumeNotNull(l.alive_at)) AS alive_at,
      toUnixTimestamp64Milli(sample_at) AS sample_at, toUnixTimestamp64Milli(last_up_at) AS last_up_at, toUnixTimestamp64Milli(last_down_at) AS last_down_at,
      up, from_unit, ring, latency_ms, loss_ratio, rx_bps, tx_bps FROM ${database}.link AS l`;
  const rows = await (await store.reader.query({ query, format: 'JSONEachRow' })).json();
  return new Map(
    z
      .array(RowSchema)
      .parse(rows)
      .map(({ link_id, ...row }) => [link_id, row]),
  );
}
async function insert(rows: readonly LinkEventRow[]): Promise<void> {
  await store.writer.insert({ table: 'log.link_event', values: [...rows], format: 'JSONEachRow' });
}

let links = 0;
/** A link of its own, and what is said of it: by whom, after how many minutes, and what. */
function link(...said: [source: string, minutes: number, what: Partial<LinkEventRow>][]): {
  id: string;
  events: LinkEventRow[];
} {
  links += 1;
  const id = `l${links}`;
  const events = said.map(([source, minutes, what]): LinkEventRow => {
    const observed_at = START + minutes * MINUTE;
    const common = { event_key: randomUUID(), id, source, subject: id, link_id: id, ...UNIT, simulated: 0 } as const;
    const nothing = { latency_ms: null, loss_ratio: null, rx_bps: null, tx_bps: null, from_unit: '', ring: '' };
    const up = what.type === 'link.down' ? 0 : 1;
    return { ...common, ...nothing, type: 'link.sample', observed_at, received_at: observed_at, up, ...what };
  });
  return { id, events };
}
const down = { type: 'link.down' } as const;

describe('a link that several sources speak of', () => {
  it('has the newest word of each field: nobody overwrites with nothing what another knows', async () => {
    const { id, events } = link(
      ['mang-tslcd', 0, { from_unit: 'H49', ring: 'vong-mong-cai', latency_ms: 4, loss_ratio: 0 }],
      ['r-mong-cai', 1, { from_unit: 'H49', rx_bps: 2e6, tx_bps: 1e6 }],
      ['tham-do', 2, { latency_ms: 6, loss_ratio: 0.25 }],
      ['r-mong-cai', 3, { rx_bps: 3e6 }],
    );
    await insert(events);
    expect((await read('live')).get(id)).toMatchObject({
      ...{ up: 1, from_unit: 'H49', ring: 'vong-mong-cai', latency_ms: 6, loss_ratio: 0.25, rx_bps: 3e6, tx_bps: 1e6 },
    });
  });

  it('is down while one of those that are heard says so, since when that one last knew it alive', async () => {
    const { id, events } = link(
      ['r-mong-cai', 0, {}],
      ['r-mong-cai', 1, down],
      ['tham-do', 2, { latency_ms: 3 }],
      ['r-mong-cai', 9, down],
      ['tham-do', 10, { latency_ms: 4 }],
    );
    await insert(events);
    expect((await read('live')).get(id)).toMatchObject({ up: 0, alive_at: START, state_at: START + 9 * MINUTE });
  });

  it('is lost since it was last known alive, whoever else has only ever known it down', async () => {
    const { id, events } = link(
      ['mang-tslcd', 0, {}],
      ['mang-tslcd', 4, down],
      ['r-mong-cai', 11, down],
      ['r-mong-cai', 30, down],
    );
    await insert(events.slice(2));
    expect((await read('live')).get(id)).toMatchObject({ up: 0, alive_at: START + 11 * MINUTE });
    await insert(events.slice(0, 2));
    expect((await read('live')).get(id)).toMatchObject({ up: 0, alive_at: START });
  });

  it('forgets the word and the values of a source that has fallen silent beside others', async () => {
    const { id, events } = link(
      ['tham-do', 0, { latency_ms: 3 }],
      ['tham-do', 1, down],
      ['r-mong-cai', 14, {}],
      ['r-mong-cai', 17, {}],
    );
    await insert(events.slice(0, 3));
    expect((await read('live')).get(id)).toMatchObject({ up: 0, latency_ms: 3 });
    await insert(events.slice(3));
    expect((await read('live')).get(id)).toMatchObject({ up: 1, latency_ms: null });
  });
});

const someEvent = fc.tuple(
  fc.constantFrom('mang-tslcd', 'r-mong-cai', 'tham-do'),
  fc.integer({ min: 0, max: 40 }),
  fc.record({
    type: fc.constantFrom('link.sample', 'link.up', 'link.down'),
    from_unit: fc.constantFrom('', 'H49', 'H49.01'),
    ring: fc.constantFrom('', 'vong-tinh', 'vong-mong-cai'),
    latency_ms: fc.option(fc.integer({ min: 0, max: 90 })),
    loss_ratio: fc.option(fc.constantFrom(0, 0.25, 1)),
    rx_bps: fc.option(fc.integer({ min: 0, max: 9e6 })),
    tx_bps: fc.option(fc.integer({ min: 0, max: 9e6 })),
  }),
);
/** Of two words of one instant nobody can say which is the newer. */
const someEvents = fc.uniqueArray(someEvent, { minLength: 1, maxLength: 14, selector: ([, minutes]) => minutes });

describe('live and history', () => {
  it(
    'say of any link what other code makes of its events, whatever the order and however often they come',
    { timeout: 60_000 },
    async () => {
      const some = fc.sample(someEvents, { numRuns: 400, seed: 310 }).map((said) => link(...said));
      const events = some.flatMap((one) => one.events).sort(() => Math.random() - 0.5);
      for (let at = 0; at < events.length; at += 300) await insert(events.slice(Math.max(0, at - 20), at + 300));
      const [live, history] = [await read('live'), await read('history')];
      for (const one of some) {
        expect(live.get(one.id), JSON.stringify(one)).toEqual(mergeLink(one.events));
        expect(history.get(one.id)).toEqual(live.get(one.id));
      }
    },
  );

  it('are the same again after what is kept was lost: it is made anew from the log', async () => {
    const before = await read('live');
    await store.owner.command({ query: 'TRUNCATE TABLE live.link_word_state' });
    expect((await read('live')).size).toBe(0);
    await migrate(store.owner);
    expect(await read('live')).toEqual(before);
    expect(before.size).toBeGreaterThan(400);
  });
});
