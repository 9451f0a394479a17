import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#ingest/schema/clock.ts';
import type { OwnEvent, PostEvents } from '../actions/event-poster.ts';

/** What the product knows of itself; null where it is not known, and undefined where nobody measures it. */
export interface OwnFigures {
  /** Free part of the disk of the data folder, in per cent. */
  disk_free_share: number | null | undefined;
  /** How long the newest of these readings took from its first attempt until it was stored, in seconds. */
  ingest_lag_s: number | null | undefined;
  /** How far the evaluation of alert rules is behind, in seconds. */
  evaluator_lag_s: number | null | undefined;
  /** Dossiers that differ between `live` and `history`, as the audit last saw them. */
  audit_differences: number | null | undefined;
  /** How long a centre above has waited for figures, in seconds. */
  parent_lag_s: number | null | undefined;
}

/** What the figures are taken from. */
export interface OwnHealthOptions {
  post: PostEvents;
  clock: Clock;
  /** Code of the province. */
  unit: () => string;
  /** The data folder; without one its disk is not measured. */
  folder: string | undefined;
  lag_s: () => number | null;
  differences: () => number | null;
  parent_lag_s: () => number | undefined;
  /** From one reading to the next, in milliseconds. @default 30_000 */
  every_ms?: number;
  failed?: (error: unknown) => void;
}

/** The series of the product: there is one. */
const SUBJECT = 'toan-canh';
/** Units of measure (UCUM), as in dashboards/measures/product.yaml. */
const UNITS: Record<keyof OwnFigures, string> = {
  disk_free_share: '%',
  ingest_lag_s: 's',
  evaluator_lag_s: 's',
  audit_differences: '1',
  parent_lag_s: 's',
};

/** Stores figures of the product's own, as readings, until it is stopped. What cannot be stored is not made up for later. */
export function startOwnHealth(options: OwnHealthOptions): { stop: () => void } {
  const { post, clock, unit, folder, lag_s, differences, parent_lag_s, every_ms = 30_000, failed } = options;
  const ending = new AbortController();
  let ingest_lag_s: number | undefined;
  /** When the first attempt was made of those that have not come through. */
  let tried_at: number | undefined;

  const say = async (): Promise<void> => {
    const at = clock();
    tried_at ??= performance.now();
    const disk_free_share = folder === undefined ? undefined : await freeShare(folder);
    const figures = {
      ...{ disk_free_share, ingest_lag_s, evaluator_lag_s: lag_s(), audit_differences: differences() },
      parent_lag_s: parent_lag_s(),
    };
    await post(readingsOf(figures, unit(), at));
    ingest_lag_s = (performance.now() - tried_at) / 1000;
    tried_at = undefined;
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await say().catch((error: unknown) => failed?.(error));
      await sleep(every_ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    }
  };
  void run();
  // a reading that is under way is not waited for: whoever ends may have ended the ingest before
  return { stop: () => ending.abort() };
}

/** The figures as events of the family reading. A figure that is not known is one without value. */
export function readingsOf(figures: OwnFigures, unit: string, at: number): OwnEvent[] {
  const { disk_free_share, ingest_lag_s, evaluator_lag_s, audit_differences, parent_lag_s } = figures;
  const event = (name: keyof OwnFigures, value: number | null | undefined): OwnEvent[] => {
    if (value === undefined) return [];
    const metric = `product.${name}`;
    const data = { metric, value, value_unit: UNITS[name], place: 'Toàn Cảnh' };
    return [{ id: `${metric}-${at}`, type: 'reading.sample', subject: SUBJECT, unit, at, data }];
  };
  return [
    ...event('disk_free_share', disk_free_share),
    ...event('ingest_lag_s', ingest_lag_s),
    ...event('evaluator_lag_s', evaluator_lag_s),
    ...event('audit_differences', audit_differences),
    ...event('parent_lag_s', parent_lag_s),
  ];
}

/** The part of a folder's disk that is free for us, in per cent; null where it cannot be told. */
async function freeShare(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => undefined);
  return disk && disk.blocks > 0 ? Math.round((1000 * disk.bavail) / disk.blocks) / 10 : null;
}
