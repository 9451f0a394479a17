import { createHash } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';

const DAY_MIN = 24 * 60;

/** Inserts a few rows of every family for each unit, as of an hour up to `now` (epoch ms): enough that each board has something to show of anybody. */
export async function insertSample(writer: ClickHouseClient, units: readonly PlacedUnit[], now: number): Promise<void> {
  const stamp = (ago_min: number): string =>
    new Date(now - ago_min * 60_000).toISOString().replace('T', ' ').replace('Z', '');
  const event = ({ code: unit, path: unit_path }: PlacedUnit, type: string, subject: string, ago_min: number) => {
    const id = `${type} ${subject} ${ago_min}`;
    const hash = createHash('md5').update(id).digest('hex');
    return {
      event_key: hash.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
      ...{ id, type, subject, unit, unit_path, source: 'sample', simulated: 1 },
      ...{ observed_at: stamp(ago_min), received_at: stamp(ago_min) },
    };
  };
  const dossier = (unit: PlacedUnit, name: string, type: string, status: number, ago_min: number, due_min: number) => {
    const dossier_id = `${unit.code}-${name}`;
    const procedure = { procedure_code: 'sample', procedure_name: 'Thủ tục mẫu', channel: 1 };
    return {
      ...event(unit, type, dossier_id, ago_min),
      dossier_id,
      opened_on: stamp(ago_min).slice(0, 10),
      status,
      due_at: stamp(due_min),
      ...procedure,
    };
  };
  const put = (table: string, values: readonly object[]) =>
    writer.insert({ table: `log.${table}`, format: 'JSONEachRow', values });
  await put(
    'dossier_event',
    units.flatMap((unit) => [
      dossier(unit, 'open', 'dossier.received', 2, 50, -600),
      dossier(unit, 'overdue', 'dossier.received', 2, 4 * DAY_MIN, 2 * DAY_MIN),
      dossier(unit, 'done', 'dossier.received', 2, 50, -600),
      dossier(unit, 'done', 'dossier.finished', 9, 10, -600),
    ]),
  );
  await put(
    'link_event',
    units.map((unit) => {
      const link_id = `link-${unit.code}`;
      return { ...event(unit, 'link.down', link_id, 5), link_id, from_unit: unit.parent ?? unit.code, ring: '', up: 0 };
    }),
  );
  await put(
    'security_event',
    units.flatMap((unit) =>
      [1, 2, 3, 4, 5, 6].map((ago) => ({
        ...event(unit, 'security.alert', `asset-${unit.code}`, ago),
        ...{ severity: 4, signature: 'sample', asset: `asset-${unit.code}` },
      })),
    ),
  );
  await put(
    'reading_event',
    units.map((unit) => ({
      ...event(unit, 'reading.sample', `desk-${unit.code}`, 1),
      metric: 'queue.waiting',
      value: 7,
    })),
  );
  await put(
    'display_event',
    units.map((unit) => ({
      ...event(unit, 'display.seen', `screen-${unit.code}`, 5),
      name: unit.code,
      frame_at: stamp(30),
    })),
  );
}
