import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chances, history, HISTORY_SPAN_MS, HISTORY_START, insertHistories, shuffled } from '../fold/test-histories.ts';
import { clickhouseLiveDossiers } from '../fold/live-dossiers.ts';
import { startTestStore, type TestStore } from '../test-store.ts';
import { auditLive, listBuckets } from './live-audit.ts';
import { auditPast } from './past-audit.ts';
import { auditRecent } from './recent-audit.ts';
import { auditRecalled } from './recall-audit.ts';

const chance = chances(766);
const histories = Array.from({ length: 300 }, (_, number) => history(number, chance));
const [first = []] = histories;
const [place] = first;

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
  await insertHistories(store.writer, shuffled(histories.flat(), chance));
  await clickhouseLiveDossiers(store.writer, Date.now).refoldReceived(Infinity);
});
afterAll(() => store.close());

const audit = async () => {
  const found = [];
  for (const month of new Set((await listBuckets(store.writer)).map((bucket) => bucket.month)))
    found.push(...(await auditLive({ month }, { client: store.writer, settle_ms: 0 })));
  return found;
};

describe('the audit of dossiers', () => {
  it('finds nothing where live was written from history, and history is the fold at any instant', async () => {
    const buckets = await listBuckets(store.writer);
    expect(buckets.length).toBeGreaterThan(20);
    expect(await audit()).toEqual([]);
    for (const bucket of buckets.slice(0, 25)) {
      const instants = {
        at: HISTORY_START + chance(HISTORY_SPAN_MS),
        known_at: HISTORY_START + chance(2 * HISTORY_SPAN_MS),
      };
      expect(await auditPast(store.writer, bucket, instants)).toEqual([]);
    }
  });

  it('finds the recent events of both alike', async () => {
    const now = HISTORY_START + HISTORY_SPAN_MS;
    expect(await auditRecent(store.writer, { now, settle_ms: 0 })).toBe(0);
  });

  it('recalls any instant from live as history folds it', async () => {
    const buckets = await listBuckets(store.writer);
    for (let turn = 0; turn < 10; turn += 1) {
      const month = buckets[chance(buckets.length)]?.month ?? '';
      const at = HISTORY_START + chance(HISTORY_SPAN_MS);
      const instants = { at, known_at: turn === 0 ? Date.now() : HISTORY_START + chance(2 * HISTORY_SPAN_MS) };
      expect(await auditRecalled(store.writer, { month }, instants)).toEqual([]);
    }
  });

  it('names a dossier of which live has not heard everything, the columns, and the counts it stands in', async () => {
    const more = {
      ...first[0],
      ...place,
      event_key: 'f'.repeat(32),
      observed_at: HISTORY_START + HISTORY_SPAN_MS,
      status: 3,
    };
    const [event] = history(1, chance);
    if (!event) throw new Error('no history');
    await insertHistories(store.writer, [{ ...event, ...more }], 1);
    const found = await audit();
    const dossier = found.find((one) => one.relation === 'dossier');
    expect(dossier).toMatchObject({ id: place?.dossier_id, unit_path: place?.unit_path });
    expect(dossier?.columns).toContain('events');
    expect(
      await auditLive(
        { month: dossier?.month ?? '', unit_path: place?.unit_path },
        { client: store.writer, settle_ms: 0 },
      ),
    ).toEqual(found);
  });
});

describe('the audit of links', () => {
  const HOUR = 3_600_000;
  const FIRST = Date.parse('2026-10-31T20:10:00Z');
  const said = Array.from({ length: 40 }, (_, n) => ({
    ...{
      id: `${n}`,
      subject: `l${n % 4}`,
      link_id: `l${n % 4}`,
      unit_path: '/H49/H49.02/',
      unit: 'H49.02',
      simulated: 0,
    },
    ...{
      source: n % 3 === 0 ? 'tham-do' : 'mang',
      type: n % 5 === 0 ? 'link.down' : 'link.sample',
      up: n % 5 === 0 ? 0 : 1,
    },
    ...{ event_key: `${n}`.padStart(32, '0').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5') },
    ...{
      observed_at: FIRST + n * (HOUR / 3),
      received_at: FIRST + n * (HOUR / 3),
      from_unit: 'H49',
      ring: 'vong-tinh',
    },
    ...{ latency_ms: n, loss_ratio: null, rx_bps: null, tx_bps: null },
  }));
  beforeAll(() => store.writer.insert({ table: 'log.link_event', values: said, format: 'JSONEachRow' }));
  const auditLinks = async () => {
    const found = [];
    for (const month of ['2026-10-01', '2026-11-01'])
      found.push(...(await auditLive({ month }, { client: store.writer, settle_ms: 0 })));
    return found.filter(({ relation }) => relation.startsWith('link'));
  };

  it('compares the words of sources and every hour that is over, in the months of the log', async () => {
    const months = (await listBuckets(store.writer)).flatMap(({ unit_path, month }) =>
      unit_path === '/H49/H49.02/' && month >= '2026-10' ? [month] : [],
    );
    expect(months).toEqual(expect.arrayContaining(['2026-10-01', '2026-11-01']));
    expect(await auditLinks()).toEqual([]);
  });

  it('names the link, its source or hour, and what differs', async () => {
    const wrong = (table: string, changed: string): string =>
      `INSERT INTO live.${table} SELECT * REPLACE (${changed}) FROM live.${table} FINAL WHERE link_id = 'l2' ORDER BY 3 LIMIT 1`;
    await store.owner.command({ query: wrong('link_word_state', "(now64(3), 'vong-khac') AS ring") });
    await store.owner.command({ query: wrong('link_hour_state', 'toDateTime64(1, 3) AS first_up_at') });
    const found = await auditLinks();
    expect(found.map(({ relation, id, columns }) => [relation, id.split(' ')[0], columns])).toEqual([
      ['link_hour', 'l2', ['first_up_at']],
      ['link_word', 'l2', ['ring']],
    ]);
  });
});
