import { z } from 'zod';
import { RequestFault } from '../../errors.ts';
import type { HttpSource } from '../../http/source.ts';
import { linesOf, parseLine, parseQuery } from '../../http/text.ts';
import type { Element } from '../../intake.ts';
import type { Metrics } from '../../metrics.ts';
import { rejected, type Origin } from '../../pipeline/step.ts';
import type { SensorFormat } from './format.ts';
import { recordOf } from './record.ts';
import { sliceArray } from './slice-array.ts';

/** What the source works with. */
export interface SensorOptions {
  /** `eve`: the name of the entry, of its address `/v1/eve`, and of the source where none is named. */
  entry: string;
  read: SensorFormat;
  metrics: Pick<Metrics, 'countUntimed'>;
}

/** JSON records of a security sensor: one a line, or a JSON array, or one object. Every JSON object is kept, whatever its kind. */
export function createSensorSource({ entry, read, metrics }: SensorOptions): HttpSource {
  const QuerySchema = z.strictObject({
    /** The source, where the token stands for any. */
    source: z.string().min(1).max(256).default(entry),
    /** The unit that the sensor watches; the whole province when absent. */
    unit: z.string().min(1).max(64).optional(),
    /** The log that the records stood in, where they do not say so themselves. */
    log: z.string().min(1).max(64).optional(),
  });
  return {
    entry,
    url: `/v1/${entry}`,
    contentTypes: ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/json', 'text/plain'],
    hasTokenInBody: false,
    answer: async (call, intake) => {
      const query = parseQuery(QuerySchema, call.query);
      const origin: Origin = {
        entry,
        source: call.grant?.source ?? query.source,
        simulated: call.grant?.simulated ?? 0,
        within: call.grant?.unit,
        received_at: call.received_at,
      };
      const source = origin.source ?? query.source;
      const elements = readElements(call.body, (record, line, ordinal) => {
        const fields = read(record, query.log);
        if (!fields) return undefined;
        const { simulated, received_at } = origin;
        return recordOf(fields, line, { source, simulated, received_at, unit: query.unit ?? '', ordinal });
      });
      const taken = elements.map(({ line, record }): Element => {
        const sent = { sent: line, source, unit: query.unit ?? '' };
        if (!record) return { ...sent, read: rejected('IOC_EVENT_NOT_JSON', 'the record is not a JSON object') };
        if (!record.isTimed) metrics.countUntimed(source);
        return { ...sent, read: [{ family: 'security', row: record.row }] };
      });
      const { reply } = await intake.take(taken, origin);
      const isNothingTaken = reply.rejected.length > 0 && reply.accepted + reply.duplicate === 0;
      return { status: isNothingTaken ? 422 : 200, body: reply };
    },
  };
}

/** Each record of a body, read; equal ones are counted apart. */
function readElements<Read>(
  body: Buffer,
  read: (record: unknown, line: string, ordinal: number) => Read,
): { line: string; record: Read }[] {
  const counts = new Map<string, number>();
  return recordsOf(body).map(({ line, record }) => {
    const ordinal = counts.get(line) ?? 0;
    counts.set(line, ordinal + 1);
    return { line, record: read(record, line, ordinal) };
  });
}

/** The records of a body with their text. Decided by what it holds: senders label lines as JSON and the other way round. */
function recordsOf(body: Buffer): { line: string; record: unknown }[] {
  const text = body.toString('utf8').trim();
  if (text === '') throw new RequestFault('IOC_BODY_EMPTY');
  const whole = parseLine(text);
  if (Array.isArray(whole)) {
    const lines = sliceArray(text);
    return whole.map((record: unknown, index) => ({ line: lines[index] ?? '', record }));
  }
  if (whole !== undefined) return [{ line: text, record: whole }];
  return linesOf(body).map((line) => ({ line: line.trim(), record: parseLine(line) }));
}
