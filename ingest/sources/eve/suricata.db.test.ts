import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMaskRecord } from '../../pipeline/mask-record.ts';
import { sharedData } from '../../shared-data.ts';
import { startTestIngest, type TestIngest } from '../../test-ingest.ts';
import { sliceArray } from '../sensor/slice-array.ts';

const CaseSchema = z.object({
  test: z.string(),
  events: z.array(z.record(z.string(), z.unknown())),
  checks: z.array(z.object({ count: z.int(), match: z.record(z.string(), z.unknown()) })),
});
type Case = z.infer<typeof CaseSchema> & { lines: string[] };

/** Every file of the folder; each line is one test with its events and what must be found among them. */
function readCases(folder: string): Case[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'));
  return files.flatMap((name) =>
    gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ ...CaseSchema.parse(JSON.parse(line)), lines: sliceArray(eventsText(line)) })),
  );
}

/** The text of the array of events: numbers beyond 2^53 would not survive parse and stringify. */
function eventsText(line: string): string {
  const start = line.indexOf('"events": [') + '"events": '.length;
  return line.slice(start, line.lastIndexOf(', "checks": '));
}

const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

/** The steps of `dns.answers[0].rrname`, as the arguments of a JSON function, which counts from 1. */
function stepsOf(key: string): string[] {
  return key.split('.').flatMap((part) => {
    const [name = '', ...indexes] = part.split('[');
    return [quoted(name), ...indexes.map((index) => String(Number.parseInt(index, 10) + 1))];
  });
}

const path = (steps: readonly string[]): string => ['payload', ...steps].join(', ');

/** That the value at a place equals `value`, to the depth. */
function equals(steps: readonly string[], value: unknown): string {
  const at = path(steps);
  if (typeof value === 'string') return `JSONType(${at}) = 'String' AND JSONExtractString(${at}) = ${quoted(value)}`;
  if (typeof value === 'boolean') return `JSONType(${at}) = 'Bool' AND JSONExtractBool(${at}) = ${value ? 1 : 0}`;
  if (typeof value === 'number') return `isFinite(JSONExtractFloat(${at})) AND JSONExtractRaw(${at}) = '${value}'`;
  if (typeof value !== 'object' || value === null) return `JSONType(${at}) = 'Null'`;
  const inner = Object.entries(value).map(([name, item]: [string, unknown]) =>
    equals([...steps, Array.isArray(value) ? String(Number(name) + 1) : quoted(name)], item),
  );
  return [`JSONLength(${at}) = ${inner.length}`, ...inner].join(' AND ');
}

/** One condition of a pattern, in SQL. */
function condition(key: string, value: unknown): string {
  const names = Array.isArray(value) ? value.map(String) : [String(value)];
  if (key === 'has-key') return names.map((name) => `JSONHas(${path(stepsOf(name))})`).join(' AND ');
  if (key === 'not-has-key') return names.map((name) => `NOT JSONHas(${path(stepsOf(name))})`).join(' AND ');
  const [field = '', operator] = key.split('__');
  const text = `JSONExtractString(${path(stepsOf(field))})`;
  if (operator === 'contains') return `position(${text}, ${quoted(String(value))}) > 0`;
  if (operator === 'startswith') return `startsWith(${text}, ${quoted(String(value))})`;
  if (operator === 'endswith') return `endsWith(${text}, ${quoted(String(value))})`;
  if (operator !== undefined) throw new Error(`the operator ${operator} is not known here`);
  return equals(stepsOf(field), value);
}

const maskRecord = createMaskRecord();
/** Whether a pattern looks for what is not kept: contents of packets, e-mail addresses. */
function isMasked(match: Record<string, unknown>): boolean {
  return Object.entries(match).some(([key, value]) => {
    const name = (key.split('__')[0] ?? '').split('.').at(-1)?.replace(/\[.*/, '') ?? '';
    const record = JSON.stringify({ [name]: value });
    return maskRecord(record) !== record;
  });
}

const folder = sharedData('suricata', process.env['SHARED_DATA']);

describe.skipIf(folder === undefined)('records of a real Suricata', () => {
  const cases = folder === undefined ? [] : readCases(folder);
  let ingest: TestIngest;
  beforeAll(async () => {
    ingest = await startTestIngest();
  });
  afterAll(() => ingest.close());

  const send = async (one: Case) =>
    ingest.post(`/v1/eve?source=${encodeURIComponent(one.test)}`, one.lines.join('\n'), {
      'content-type': 'application/x-ndjson',
    });
  const sendAll = async () => {
    const waiting = [...cases];
    const replies: unknown[] = [];
    const sender = async () => {
      for (let one = waiting.pop(); one; one = waiting.pop()) replies.push((await send(one)).body);
    };
    await Promise.all(Array.from({ length: 24 }, sender));
    return z.array(z.object({ accepted: z.int(), duplicate: z.int(), rejected: z.array(z.unknown()) })).parse(replies);
  };
  const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
  const total = sum(cases.map((one) => one.events.length));

  it('stores every event, and the same file again adds none', { timeout: 300_000 }, async () => {
    const first = await sendAll();
    expect(sum(first.map((reply) => reply.accepted))).toBe(total);
    const again = await sendAll();
    expect(sum(again.map((reply) => reply.duplicate))).toBe(total);
    expect(await ingest.count('SELECT count() FROM live.security_event')).toBe(total);
    expect(await ingest.count('SELECT count() FROM history.security_event')).toBe(total);
  });

  it('finds every pattern as often as Suricata wrote it, but for what is not kept', { timeout: 300_000 }, async () => {
    await ingest.store.owner.command({
      query: `CREATE TABLE log.by_test ENGINE = MergeTree ORDER BY source AS
        SELECT toString(source) AS source, payload FROM live.security_event`,
    });
    const wrong: string[] = [];
    for (let start = 0; start < cases.length; start += 10) {
      const part = cases.slice(start, start + 10).filter((one) => one.checks.length > 0);
      const query = part.map(({ test, checks }) => {
        const counts = checks.map(({ match }) => {
          const conditions = Object.entries(match).map(([key, value]) => `(${condition(key, value)})`);
          return `countIf(${['1', ...conditions].join(' AND ')})`;
        });
        return `SELECT ${quoted(test)} AS test, [${counts.join(', ')}] AS found FROM log.by_test WHERE source = ${quoted(test)}`;
      });
      if (query.length === 0) continue;
      const rows = z
        .array(z.object({ test: z.string(), found: z.array(z.coerce.number()) }))
        .parse(await ingest.rows(query.join(' UNION ALL ')));
      const found = new Map(rows.map((row) => [row.test, row.found]));
      const counted = part.flatMap(({ test, checks }) =>
        checks.map((check, index) => ({ test, check, found: found.get(test)?.[index] })),
      );
      wrong.push(
        ...counted
          .filter((one) => one.found !== one.check.count && !isMasked(one.check.match))
          .map((one) => JSON.stringify(one)),
      );
    }
    expect(wrong).toEqual([]);
  });

  it('counts alerts apart from other records, with their severity', async () => {
    const alerts = cases.flatMap((one) => one.events).filter((event) => event['event_type'] === 'alert');
    expect(await ingest.count("SELECT count() FROM live.security_event WHERE type = 'security.alert'")).toBe(
      alerts.length,
    );
    expect(await ingest.count('SELECT countIf(severity > 0) FROM live.security_event')).toBe(alerts.length);
  });
});
