import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARTS_766 } from '#ingest/dossier/index-766-parts.ts';
import { reckon766 } from '#ingest/dossier/index-766.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { startTemporaryEngine, type TemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { dossier, entry, insert } from '#dashboards/queries/test-province.ts';
import { createRun, type Run } from '#dashboards/queries/test-run.ts';

let store: TemporaryEngine;
let run: Run;

/** A dossier that H49.01 accepted on 16 November, and finished when `done` says, with facts of the exchange format. */
const told = (name: string, facts: object, more: { channel?: number; due?: string; done?: string } = {}) => {
  const { channel = 1, due = '2026-11-20 17:00:00', done } = more;
  const attributes = JSON.stringify(facts);
  const rows = [dossier('H49.01', name, '2026-11-16', 2, '2026-11-16 08:00:00', { due, channel })];
  if (done !== undefined) rows.push(dossier('H49.01', name, '2026-11-16', 9, done));
  return rows.map((row) => ({ ...row, attributes }));
};
const DOSSIERS = [
  ...told(
    'a',
    { results: 1, results_electronic: 1, digitised: 1, vneid: 1 },
    { channel: 2, done: '2026-11-17 09:00:00' },
  ),
  ...told('b', { results: 1, digitised: 1, vneid: 0 }, { done: '2026-11-17 09:00:00' }),
  ...told('c', { paid_online: 2, fee_total: 15_000 }, { channel: 2, done: '2026-11-17 09:00:00' }),
  ...told('d', { paid_online: 0, fee_total: 8_000 }, { due: '2026-11-16 17:00:00', done: '2026-11-17 09:00:00' }),
  ...told('e', { documents: 2, documents_reused: 1 }, { due: '2026-11-17 09:00:00' }),
  ...told('f', {}),
];
const HANDS = { '1.1': [9, 10], '1.4': [80, 100], '3.1': [1577, 1880], '5.2': [0, 0], '5.4': [1, 20] } as const;

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({
    folder: join(import.meta.dirname, '../../../dashboards'),
    province: 'quang-ninh-2019',
  });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'dossier_event', DOSSIERS);
  await store.fold();
  const entries = Object.entries(HANDS).flatMap(([id, [part, whole]]) =>
    (
      [
        ['part', part],
        ['whole', whole],
      ] as const
    ).map(([name, value]) =>
      entry('H49', `index_766.${id.replace('.', '_')}.${name}`, '2026-11', '2026-11-17 10:00:00', value),
    ),
  );
  // a part without its whole is not known, and last month's figures are last month's
  entries.push(entry('H49', 'index_766.1_2.part', '2026-11', '2026-11-17 10:00:00', 4));
  entries.push(entry('H49', 'index_766.1_3.part', '2026-10', '2026-10-17 10:00:00', 4));
  entries.push(entry('H49', 'index_766.1_3.whole', '2026-10', '2026-10-17 10:00:00', 4));
  await insert(store.writer, 'entry_event', entries);
});
afterAll(() => store.close());

const ratio = ([part, whole]: readonly [number, number]) => ({ part, whole });
const FIGURES = {
  ...Object.fromEntries(Object.entries(HANDS).map(([id, figure]) => [id, ratio(figure)])),
  '2.1': { part: 4, whole: 6 },
  '3.3': { part: 1, whole: 6 },
  '3.6': { part: 1, whole: 2 },
  '4.1': { part: 1, whole: 4 },
  '4.2': { part: 1, whole: 4 },
  '4.3': { part: 1, whole: 6 },
  '4.4': { part: 0, whole: 6 },
  '4.5': { part: 1, whole: 6 },
};
const rounded = (value: number | null | undefined) =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : null;

describe('the index of a month', () => {
  const reckoned = reckon766(FIGURES);

  it('has for each part the points that its page reckons, the most lost first', async () => {
    const rows = await run('index-766');
    expect(rows).toHaveLength(PARTS_766.length);
    const points = new Map(rows.map(([label, , value]) => [label, value]));
    for (const part of reckoned.parts) expect([part.id, points.get(part.id)]).toEqual([part.id, rounded(part.points)]);
    const lost = rows.map((row) => row[4]).filter((value) => value !== null);
    expect(lost).toEqual([...lost].sort((one, other) => Number(other) - Number(one)));
  });

  it('says who told each figure, and nothing of those that nobody told', async () => {
    const told_by = new Map((await run('index-766')).map((row) => [row[0], row[7]]));
    expect(['2.1', '1.1', '5.4', '1.2', '5.2'].map((id) => told_by.get(id))).toEqual(['feed', 'hand', 'both', '', '']);
  });

  it('sums what is known', async () => {
    const [total] = await run('index-766', { params: { by: 'total' } });
    expect(total?.slice(2, 4)).toEqual([rounded(reckoned.points), reckoned.known]);
    expect(total?.[6]).toBe(reckoned.parts.filter(({ points }) => points === null).length);
    const groups = await run('index-766', { params: { by: 'group' } });
    const known = reckoned.groups.filter(({ points }) => points !== null);
    expect(groups.filter((row) => row[2] !== null).map((row) => row[0])).toEqual(known.map(({ id }) => id));
  });
});
