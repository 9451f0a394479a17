import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedData } from '../../shared-data.ts';
import { parseLeef } from './leef.ts';
import { createParse } from './parse.ts';
import type { SyslogMessage } from './message.ts';

const folder = sharedData('syslog', process.env['SHARED_DATA']);
const RECEIVED = Date.parse('2026-11-22T05:00:00Z');
const parse = createParse();

const text = z.string().nullable();
const ValueSchema = z.object({
  facility: z.int(),
  severity: z.int(),
  priority: z.int(),
  version: z.int().optional(),
  timestamp: text,
  hostname: text,
  appname: text,
  procid: text,
  msgid: text,
  structured_data: z.record(z.string(), z.record(z.string(), z.string())).nullish(),
  message: text,
});
const VectorSchema = z.object({
  input: z.string().optional(),
  input_base64: z.string().optional(),
  valid: z.boolean(),
  value: ValueSchema.nullable(),
  partial: ValueSchema.nullable(),
});

function read<T>(file: string, schema: z.ZodType<T>): T[] {
  if (folder === undefined) return [];
  return z.array(schema).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** Our fields in the words of the vectors. */
const fieldsOf = (message: SyslogMessage) => ({
  facility: message.facility,
  severity: message.severity,
  priority: message.facility * 8 + message.severity,
  version: message.version,
  timestamp: message.time ?? null,
  hostname: message.hostname || null,
  appname: message.app_name || null,
  procid: message.procid || null,
  msgid: message.msgid || null,
  structured_data: message.structured_data ? plain(message.structured_data) : null,
  message: message.message || null,
});
const plain = (data: object): unknown => JSON.parse(JSON.stringify(data));
const inputOf = ({ input, input_base64 }: z.output<typeof VectorSchema>): string =>
  input ?? Buffer.from(input_base64 ?? '', 'base64').toString('utf8');

describe.skipIf(folder === undefined)('the vectors of RFC 5424', () => {
  const vectors = read('go-syslog-rfc5424.json', VectorSchema);
  it.each(vectors.map((vector, index) => [`${index}: ${inputOf(vector).slice(0, 60)}`, vector] as const))(
    '%s',
    (_name, vector) => {
      const message = parse(inputOf(vector), RECEIVED);
      const isRead = message.format === 'rfc5424' && message.fault === '';
      expect(isRead).toBe(vector.valid);
      const expected = vector.value ?? vector.partial;
      if (!expected) return;
      expect(fieldsOf(message)).toEqual({
        ...expected,
        timestamp: expected.timestamp === null ? null : Math.floor(Date.parse(expected.timestamp)),
        structured_data: expected.structured_data ?? null,
      });
    },
  );
});

describe.skipIf(folder === undefined)('the vectors of RFC 3164', () => {
  const vectors = read('rfc3164.json', VectorSchema);
  it.each(vectors.map((vector) => [inputOf(vector).slice(0, 60), vector] as const))(
    '%s',
    (_name, { value, ...vector }) => {
      const message = parse(inputOf({ value, ...vector }), RECEIVED);
      expect(message).toMatchObject({ format: 'rfc3164', fault: '' });
      const { timestamp, ...fields } = fieldsOf(message);
      const { timestamp: written, ...expected } = value ?? {};
      expect({ ...fields, version: undefined, structured_data: undefined }).toEqual(expected);
      // the vectors know neither year nor zone: the clock on the wall of the province is the one that was written
      const wall = new Date((timestamp ?? 0) + 7 * 3_600_000).toISOString();
      expect(wall.slice(4, 19)).toBe(written?.slice(4, 19));
      expect(Math.abs((timestamp ?? 0) - RECEIVED)).toBeLessThan(184 * 86_400_000);
    },
  );
});

const RsyslogSchema = z.object({
  test: z.string(),
  messages: z.array(z.string()),
  expected_lines: z.array(z.string()),
});

/** The template of each test of rsyslog, with our fields. Its `msg` begins with the space after the tag, ours after it; its tag ends with the colon. */
const TEMPLATES: Record<string, (message: SyslogMessage, raw: string) => string | undefined> = {
  mmleefparse_basic: ({ message }) => {
    const leef = parseLeef(message);
    const { src, dst, action, cat, proto, SessionID } = leef?.fields ?? {};
    return [
      leef?.vendor,
      leef?.event_id === undefined ? '' : leef.product_version,
      src,
      dst,
      action,
      cat,
      proto,
      SessionID,
    ].join('|');
  },
  'pmrfc3164-AtSignsInHostname': ({ hostname }) => `-${hostname}-`,
  'pmrfc3164-json': ({ message }, raw) => `${message}---${raw}`,
  'pmrfc3164-tagEndingByColon': ({ app_name, message }) =>
    app_name === '' ? undefined : `-${app_name}:-${message === '' ? '' : message}-`,
};

/**
 * What is not as rsyslog has it, and why:
 * - parsertest-parse_8bit_escape: `host tag This msg` has the tag "tag" although no colon ends it. rfc3164.json wants no tag in `ABC-1-234567 Some message here` and in
 *   `10.0.0.99 Use the BFG!`, which are of the same form. Its `#303#244` is an option (`$Escape8BitCharactersOnReceive`); we keep the letters.
 * - pmrfc3164-AtSignsInHostname_off contradicts pmrfc3164-AtSignsInHostname: the same four messages under an option that is off. We take `@` in a name.
 */
const CONTRADICTED = new Set(['parsertest-parse_8bit_escape', 'pmrfc3164-AtSignsInHostname_off']);
const withoutSpace = (line: string): string => line.replaceAll(/(?<=:-) /g, '');

describe.skipIf(folder === undefined)('the vectors of rsyslog', () => {
  const vectors = read('rsyslog-parser-vectors.json', RsyslogSchema);
  it.each(vectors.filter(({ test }) => !CONTRADICTED.has(test)).map((vector) => [vector.test, vector] as const))(
    '%s',
    (test, { messages, expected_lines }) => {
      const lines = messages.flatMap((raw) => TEMPLATES[test]?.(parse(raw, RECEIVED), raw) ?? []);
      expect(lines).toEqual(expected_lines.map(withoutSpace));
    },
  );

  it('differs in what contradicts other vectors, and only there', () => {
    const of = (test: string) =>
      vectors.find((vector) => vector.test === test)?.messages.map((raw) => parse(raw, RECEIVED));
    expect(of('parsertest-parse_8bit_escape')).toMatchObject([
      {
        facility: 0,
        severity: 6,
        hostname: 'host',
        app_name: '',
        message: 'tag This msg contains 8-bit European chars: äöü',
      },
    ]);
    expect(
      of('pmrfc3164-AtSignsInHostname_off')?.map(
        ({ hostname, app_name, message }) => `-${hostname}-${app_name}:- ${message}-`,
      ),
    ).toEqual([
      '-Hostname1-tag:- msgnum:1-',
      '-Hostn@me2-tag:-  msgnum:2-',
      '-Hostname3-tag:- msgnum:3-',
      '-Hos@name4-tag4:- -',
    ]);
  });
});

const VendorSchema = z.object({
  input: z.string(),
  expected: z.object({ program: z.string(), msg: z.string().optional() }),
});

/**
 * The vectors of network devices are in the words of the collector that they come from: `host||facility||priority||level||PRI in hex||time||message||program`, where the
 * program is what a syslog server had split off. So that line is put together again, as the device sent it.
 */
function lineOf(input: string): string {
  const [, , , , pri = '', , message = '', program = ''] = input.split('||');
  const start = `<${Number.parseInt(pri, 16)}>`;
  if (/^\d{5}$/.test(program)) return `${start}Feb 28 00:23:34 sw-1 ${program} ${message}`;
  if (/^\d{6}$/.test(program)) return `${start}${program}: ${message}`;
  if (program.startsWith('src=')) return `${start}${program}:${message}`;
  return `${start}${/^[\w/-]+$/.test(program) ? `${program}: ` : ''}${message}`;
}

describe.skipIf(folder === undefined)('the vectors of network devices', () => {
  const vectors = read('syslog-vendor-vectors.json', VendorSchema);
  it.each(vectors.map((vector) => [vector.input.slice(20), vector] as const))('%s', (_name, { input, expected }) => {
    const { app_name, msgid, message, facility } = parse(lineOf(input), RECEIVED);
    // that collector writes names in capitals, and the facility where there is no name. For `Cannot enable text mode config …`, a line of the same form from another kind of
    // device, it expects none: a line alone cannot tell, and we give none to both
    const program = app_name === '' && expected.program === 'USER' && facility === 1 ? 'USER' : app_name;
    expect(program.toUpperCase()).toBe(expected.program.toUpperCase());
    // it trims, and puts the number of the event, which is our msgid, behind the message
    const text = msgid === '' ? message.trim() : `${message.trim()} [${msgid}]`;
    if (expected.msg !== undefined) expect(text).toBe(expected.msg);
  });
});
