import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedData } from '../../shared-data.ts';
import { startTestIngest, type TestIngest } from '../../test-ingest.ts';

/** The status that each activity stands for; one that is not named is processing. The first activity of a case is its reception. */
const STATUS: Readonly<Record<string, number>> = {
  'Send Fine': 4,
  'Insert Fine Notification': 6,
  'Add penalty': 6,
  Payment: 9,
  'Send for Credit Collection': 8,
  'Receive Result Appeal from Prefecture': 10,
  FIN: 9,
  BILLED: 10,
  DELETE: 7,
  REJECT: 3,
  'CODE NOK': 5,
  STORNO: 8,
};

interface CaseEvent {
  case_id: string;
  activity: string;
  timestamp: string;
  instance: string;
}

/** The rows of a table of quoted and bare fields. */
function readTable(text: string): CaseEvent[] {
  const [head = [], ...rows] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? ''),
    );
  const column = (name: string) => head.indexOf(name);
  const [id, activity, time, instance] = ['case_id', 'activity', 'timestamp', 'activity_instance_id'].map(column);
  return rows.map((row) => ({
    case_id: row[id ?? -1] ?? '',
    activity: row[activity ?? -1] ?? '',
    timestamp: row[time ?? -1] ?? '',
    instance: row[instance ?? -1] ?? '',
  }));
}

const stamp = (timestamp: string): string => timestamp.replace(/\D/g, '').padEnd(14, '0');

/** A case log in the national format: one dossier per case, every further event a step. */
function replay(events: readonly CaseEvent[]) {
  const cases = new Map<string, CaseEvent[]>();
  for (const event of events) cases.set(event.case_id, [...(cases.get(event.case_id) ?? []), event]);
  const statuses = new Map<number, number>();
  const count = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const dossiers: object[] = [];
  const steps: object[] = [];
  for (const [index, history] of [...cases.values()].entries()) {
    const [first, ...further] = [...history].sort((left, right) => left.timestamp.localeCompare(right.timestamp));
    if (!first) continue;
    const at = stamp(first.timestamp);
    const MaHoSo = `000.00.02.H49-${at.slice(2, 8)}-${String(index).padStart(4, '0')}`;
    dossiers.push({ MaHoSo, MaTTHC: '1.000001', NgayTiepNhan: at, TrangThaiHoSo: '2', ChuHoSo: first.case_id });
    count(2);
    for (const event of further) {
      const status = STATUS[event.activity] ?? 4;
      count(status);
      steps.push({
        MaHoSo,
        ThoiDiemXuLy: stamp(event.timestamp),
        TrangThai: String(status),
        NoiDungXuLy: `${event.activity} ${event.instance}`,
      });
    }
  }
  return { cases: cases.size, statuses, dossiers, steps };
}

function chunks(items: readonly object[], size: number): object[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

/** The same order for every run. */
function shuffled(items: readonly object[]): object[] {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

const folder = sharedData('dossiers', process.env['SHARED_DATA']);
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.csv.gz'));
const ReplySchema = z.object({ error_code: z.literal('0'), accepted: z.int(), duplicate: z.int() });

let ingest: TestIngest;
beforeEach(async () => {
  ingest = await startTestIngest();
});
afterEach(() => ingest.close());

async function sendAll(bodies: readonly object[]): Promise<{ accepted: number; duplicate: number }> {
  const waiting = [...bodies];
  const sum = { accepted: 0, duplicate: 0 };
  const sender = async () => {
    for (let body = waiting.pop(); body; body = waiting.pop()) {
      const reply = ReplySchema.parse((await ingest.post('/v1/dvcqg?source=mot-cua', JSON.stringify(body))).body);
      sum.accepted += reply.accepted;
      sum.duplicate += reply.duplicate;
    }
  };
  await Promise.all(Array.from({ length: 64 }, sender));
  return sum;
}

describe.skipIf(files.length === 0)('case logs as dossiers of the national format', () => {
  it.each(files)(
    '%s: every case and every event once, also when all is sent again',
    { timeout: 400_000 },
    async (file) => {
      const log = replay(readTable(gunzipSync(readFileSync(join(folder ?? '', file))).toString('utf8')));
      const total = log.dossiers.length + log.steps.length;
      const envelope = (service: string) => (data: object[]) => ({ service, isUpdating: 'False', data });
      const bodies = (order: (items: readonly object[]) => object[], size: number) => [
        ...chunks(order(log.steps), size).map(envelope('CapNhatTienDoHoSoMC')),
        ...chunks(order(log.dossiers), 200).map(envelope('DongBoHoSoMC')),
      ];
      const check = async () => {
        for (const database of ['live', 'history']) {
          expect(await ingest.count(`SELECT count() FROM ${database}.dossier`)).toBe(log.cases);
          const rows = await ingest.rows(
            `SELECT status, toUInt32(count()) AS events FROM ${database}.dossier_event GROUP BY status ORDER BY status`,
          );
          const expected = [...log.statuses].sort(([left], [right]) => left - right);
          expect(rows).toEqual(expected.map(([status, events]) => ({ status, events })));
        }
        const state = 'SELECT dossier_id, status, since FROM';
        expect(await ingest.rows(`${state} live.dossier ORDER BY dossier_id`)).toEqual(
          await ingest.rows(`${state} history.dossier ORDER BY dossier_id`),
        );
      };
      expect(await sendAll(bodies((items) => [...items], 10))).toEqual({ accepted: total, duplicate: 0 });
      await check();
      expect(await sendAll(bodies(shuffled, 100))).toEqual({ accepted: 0, duplicate: total });
      await check();
    },
  );
});
