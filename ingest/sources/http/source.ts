import { RequestFault } from '../../errors.ts';
import type { Call, HttpSource } from '../../http/source.ts';
import { linesOf, parseBody, parseLine } from '../../http/text.ts';
import type { Element } from '../../intake.ts';
import { checkData } from '../../pipeline/check-data.ts';
import { parseEnvelope } from '../../pipeline/parse-envelope.ts';
import { rejected, type Origin, type Rejected } from '../../pipeline/step.ts';
import type { LogEntry } from '../../schema/row.ts';
import { isBinaryMode, readBinary } from './binary.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const LINES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/**
 * CloudEvents 1.0 over HTTP (HTTP Protocol Binding 1.0.2): structured, batch and binary mode, and one event a line. Plain JSON without `ce-` headers
 * is read as structured, or as a batch when it is an array.
 */
export function createHttpSource(): HttpSource {
  return {
    entry: 'events',
    url: '/v1/events',
    contentTypes: [STRUCTURED, BATCH, ...LINES, 'application/json'],
    hasTokenInBody: false,
    answer: async (call, intake) => {
      const origin: Origin = {
        entry: 'events',
        source: call.grant?.source,
        simulated: call.grant?.simulated ?? 0,
        within: call.grant?.unit,
        received_at: call.received_at,
      };
      const { reply } = await intake.take(readElements(call, origin), origin);
      const isNothingTaken = reply.rejected.length > 0 && reply.accepted + reply.duplicate === 0;
      return { status: isNothingTaken ? 422 : 200, body: reply };
    },
  };
}

function readElements(call: Call, origin: Origin): Element[] {
  if (LINES.includes(call.contentType)) {
    const lines = linesOf(call.body);
    if (lines.length === 0) throw new RequestFault('IOC_BODY_EMPTY');
    return lines.map((line) => readLine(line, origin));
  }
  const body = parseBody(call.body);
  if (isBinaryMode(call.headers, call.contentType)) return [readElement(readBinary(call.headers, body), origin)];
  if (call.contentType === BATCH || (call.contentType === 'application/json' && Array.isArray(body))) {
    if (!Array.isArray(body)) throw new RequestFault('IOC_BODY_SHAPE', 'a batch is an array of events');
    return body.map((sent: unknown) => readElement(sent, origin));
  }
  if (Array.isArray(body)) throw new RequestFault('IOC_BODY_SHAPE', `an array of events is sent as ${BATCH}`);
  return [readElement(body, origin)];
}

function readLine(line: string, origin: Origin): Element {
  const sent = parseLine(line);
  if (sent !== undefined) return readElement(sent, origin);
  const read = rejected('IOC_EVENT_NOT_JSON', 'the line is not JSON');
  return { sent: line, source: origin.source ?? '', unit: '', read };
}

function readElement(sent: unknown, origin: Origin): Element {
  const read = readEvent(sent, origin);
  if (!('result' in read)) return { sent, source: read.row.source, unit: read.row.unit, read: [read] };
  return { sent, source: origin.source ?? textOf(sent, 'source'), unit: textOf(sent, 'unit'), read };
}

function readEvent(sent: unknown, origin: Origin): LogEntry | Rejected {
  const addressed = parseEnvelope(sent);
  if (addressed.result === 'rejected') return addressed;
  const mapped = checkData(addressed.family, addressed.envelope, origin);
  return mapped.result === 'rejected' ? mapped : mapped.entry;
}

/** A text of an envelope that may be broken; empty when it is not there. Cut to the length that an envelope allows. */
function textOf(sent: unknown, name: 'source' | 'unit'): string {
  if (typeof sent !== 'object' || sent === null || !(name in sent)) return '';
  const value: unknown = Object.entries(sent).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value.slice(0, 256) : '';
}
