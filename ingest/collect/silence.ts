import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { WorkingTime } from '../dossier/working-time.ts';
import type { IntakeRecord } from '../intake-report.ts';
import { FAMILY_NAMES, type Family } from '../schema/event.ts';
import { limitOf, type SilenceLimit, type SourceLimits } from '../schema/source-limits.ts';

/** A source as it was last heard. Instants are epoch ms. */
export interface HeardSource {
  family: Family;
  source: string;
  heard_at: number;
}

/** What the watch works with. */
export interface SilenceOptions {
  limits: SourceLimits;
  working: Pick<WorkingTime, 'addMs'>;
  /** Who reports it. */
  process: string;
}

/** Watches how long sources are silent. */
export interface SilenceWatch {
  /**
   * What there is to say of the sources at an instant (epoch ms): a row for each that has a limit, and an event for each that fell silent, or speaks again,
   * since the last look. That one is silent is the same event whoever sees it and however often: it happened when the limit was passed.
   */
  look: (heard: readonly HeardSource[], at: number) => IntakeRecord[];
}

/** Makes the watch. */
export function createSilenceWatch({ limits, working, process }: SilenceOptions): SilenceWatch {
  const silent = new Set<string>();
  const endOf = ({ silent_after_s, working_time }: SilenceLimit, heard_at: number): number =>
    working_time ? working.addMs(heard_at, silent_after_s * 1_000) : heard_at + silent_after_s * 1_000;
  return {
    look: (heard, at) =>
      heard.flatMap(({ family, source, heard_at }): IntakeRecord[] => {
        const limit = limitOf(limits, family, source);
        if (!limit || family === 'intake') return [];
        const subject = `${family}/${source}`;
        const end = endOf(limit, heard_at);
        const is_silent = at > end;
        const data = {
          ...{ name: source, of_family: family, limit_ms: limit.silent_after_s * 1_000, is_silent },
          heard_at: new Date(heard_at).toISOString(),
        };
        const records: IntakeRecord[] = [{ type: 'intake.source', subject, process, at, data }];
        if (is_silent && !silent.has(subject)) records.push({ type: 'intake.silent', subject, process, at: end, data });
        if (!is_silent && silent.has(subject))
          records.push({ type: 'intake.heard', subject, process, at: heard_at, data });
        if (is_silent) silent.add(subject);
        else silent.delete(subject);
        return records;
      }),
  };
}

const HeardSchema = z.array(
  z.object({ family: z.enum(FAMILY_NAMES), source: z.string(), heard_at: z.coerce.number() }),
);

/** Sources that are watched at most, those heard last first: senders name themselves, and what they name must not grow without bound. A province of 310 devices has some 800 of a family each. */
const MOST_WATCHED = 3_000;

/** When each source was last heard. Throws what the store says. */
export async function heardSources(client: ClickHouseClient): Promise<HeardSource[]> {
  const result = await client.query({
    query: `SELECT toString(family) AS family, toString(source) AS source, toUnixTimestamp64Milli(max(last_received_at)) AS heard_at
      FROM live.source_state WHERE family != 'intake' GROUP BY family, source ORDER BY heard_at DESC, family, source LIMIT ${MOST_WATCHED}`,
    format: 'JSONEachRow',
  });
  return HeardSchema.parse(await result.json());
}
