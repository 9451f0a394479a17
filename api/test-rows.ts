import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { foldAll } from '#ingest/clickhouse/fold/test-histories.ts';
import { openedOn, type DossierEventRow } from '#ingest/schema/dossier.ts';
import type { LinkEventRow } from '#ingest/schema/link.ts';
import type { PostEvents } from './actions/event-poster.ts';

/** For tests: an event of a dossier; received when it happened unless said otherwise. */
export function dossierRow(more: Partial<DossierEventRow> & { observed_at: number }): DossierEventRow {
  const dossier_id = more.dossier_id ?? 'H49.01-250101-0001';
  return {
    event_key: randomUUID(),
    id: randomUUID(),
    source: 'mot-cua',
    type: 'dossier.received',
    subject: dossier_id,
    unit_path: '/H49/H49.01/',
    unit: 'H49.01',
    received_at: more.observed_at,
    simulated: 0,
    opened_on: openedOn(dossier_id),
    status: 2,
    due_at: null,
    procedure_code: '1.000001',
    procedure_name: 'Thủ tục thử',
    field_code: 'F1',
    field_name: 'Lĩnh vực',
    channel: 1,
    applicant_kind: 1,
    handler_path: '',
    handler: '',
    step_holder: '',
    attributes: '',
    ...more,
    dossier_id,
  };
}

/** For tests: an event of a link. */
export function linkRow(more: Partial<LinkEventRow> & { observed_at: number }): LinkEventRow {
  return {
    event_key: randomUUID(),
    id: randomUUID(),
    source: 'mang-tslcd',
    type: 'link.up',
    subject: 'tslcd-H49.01',
    unit_path: '/H49/H49.01/',
    unit: 'H49.01',
    received_at: more.observed_at,
    simulated: 0,
    link_id: 'tslcd-H49.01',
    from_unit: 'H49',
    ring: '',
    up: 1,
    latency_ms: null,
    loss_ratio: null,
    rx_bps: null,
    tx_bps: null,
    ...more,
  };
}

/** For tests: stores rows as the writer does, and returns when they are stored. */
export async function insert(writer: ClickHouseClient, table: string, values: readonly unknown[]): Promise<void> {
  await writer.insert({ table: `log.${table}`, values: [...values], format: 'JSONEachRow' });
  if (table === 'dossier_event') await foldAll(writer);
}

/** For tests: stores chases and slips of apology as ingest would, each id once; tells how many were new. */
export function storeChases(writer: ClickHouseClient): PostEvents {
  const known = new Set<string>();
  return async (events) => {
    const fresh = events.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    await insert(
      writer,
      'chase_event',
      fresh.map(({ id, type, subject, unit, at, data }) => ({
        ...{ event_key: randomUUID(), id, type, subject, unit, unit_path: `/H49/${unit}/`, source: 'toan-canh' },
        ...{ observed_at: at, received_at: at, simulated: 0, chase_id: subject, actor: data.actor, text: data.text },
        ...(typeof data.deadline_at === 'string' && { deadline_at: Date.parse(data.deadline_at) }),
        ...(data.dossier_ids !== undefined && { dossier_ids: data.dossier_ids }),
      })),
    );
    return fresh.length;
  };
}

/** For tests: stores entries of the province and its districts as ingest would. */
export function storeEntries(writer: ClickHouseClient): PostEvents {
  return async (events) => {
    await insert(
      writer,
      'entry_event',
      events.map(({ id, type, subject, unit, at, data }) => ({
        ...{ event_key: randomUUID(), id, type, subject, unit, source: 'toan-canh', ...data },
        unit_path: unitPath(unit),
        ...{ observed_at: at, received_at: at, simulated: 0 },
      })),
    );
    return events.length;
  };
}

/** The path of a unit whose code begins with that of each unit above it: `/H49/H49.01/`. */
function unitPath(code: string): string {
  const steps = code.split('.');
  return `/${steps.map((_step, index) => `${steps.slice(0, index + 1).join('.')}/`).join('')}`;
}
