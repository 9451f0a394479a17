import { z } from 'zod';
import { RequestFault } from '../../errors.ts';
import type { Call, HttpSource } from '../../http/source.ts';
import { linesOf, parseLine, parseQuery } from '../../http/text.ts';
import type { Element } from '../../intake.ts';
import type { Metrics } from '../../metrics.ts';
import { rejected, type Origin } from '../../pipeline/step.ts';
import { readRecord } from './record.ts';
import { sliceArray } from './slice-array.ts';

const QuerySchema = z.strictObject({
  /** The source, where the token stands for any. */
  source: z.string().min(1).max(256).default('eve'),
  /** The unit that the sensor watches; the whole province when absent. */
  unit: z.string().min(1).max(64).optional(),
});

/** What the source works with. */
export interface EveOptions {
  metrics: Pick<Metrics, 'countUntimed'>;
}

/** Suricata EVE records: one a line, or a JSON array, or one object. Every JSON object is kept, whatever its type. */
export function createEveSource({ metrics }: EveOptions): HttpSource {
  return {
    entry: 'eve',
    url: '/v1/eve',
    contentTypes: ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/json', 'text/plain'],
    hasTokenInBody: false,
    answer: async (call, intake) => {
      const query = parseQuery(QuerySchema, call.query);
      const origin: Origin = {
        entry: 'eve',
        source: call.grant?.source ?? query.source,
        simulated: call.grant?.simulated ?? 0,
        received_at: call.received_at,
      };
      const elements = readElements(call, origin, query.source, query.unit ?? '', metrics);
      const { reply } = await intake.take(elements, origin);
      const isNothingTaken = reply.rejected.length > 0 && reply.accepted + reply.duplicate === 0;
      return { status: isNothingTaken ? 422 : 200, body: reply };
    },
  };
}

function readElements(
  call: Call,
  origin: Origin,
  fallback: string,
  unit: string,
  metrics: EveOptions['metrics'],
): Element[] {
  const source = origin.source ?? fallback;
  const counts = new Map<string, number>();
  return recordsOf(call.body).map(({ line, record }) => {
    const ordinal = counts.get(line) ?? 0;
    counts.set(line, ordinal + 1);
    const { simulated, received_at } = origin;
    const read = readRecord(record, line, { source, simulated, received_at, unit, ordinal });
    if (!read)
      return { sent: line, source, unit, read: rejected('IOC_EVENT_NOT_JSON', 'the record is not a JSON object') };
    if (!read.isTimed) metrics.countUntimed(source);
    return { sent: line, source, unit, read: [{ family: 'security', row: read.row }] };
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
