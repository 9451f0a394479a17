import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mediaType } from '../../http/content-type.ts';
import { parseEnvelope } from '../../pipeline/parse-envelope.ts';
import { sharedData } from '../../shared-data.ts';
import { decodeHeader, isBinaryMode, readBinary } from './binary.ts';

/** One scenario of a conformance feature: the request as text, the attributes that must come out of it, and the data. */
interface Scenario {
  name: string;
  request: string;
  attributes: Record<string, string>;
  data: unknown;
}

/** The scenarios of a feature file (Gherkin), each once for every row of its examples. */
function readFeature(text: string): Scenario[] {
  return text
    .split(/^\s*Scenario Outline: /m)
    .slice(1)
    .flatMap((outline) => {
      const [before = '', examples = ''] = outline.split(/^\s*Examples:\s*$/m);
      const values = tableRows(examples).slice(1);
      return values.map(([value = '']) => scenario(before.replaceAll('<contentType>', value)));
    });
}

const tableRows = (text: string): string[][] =>
  [...text.matchAll(/^\s*\|(.+)\|\s*$/gm)].map((match) => (match[1] ?? '').split('|').map((cell) => cell.trim()));

function scenario(text: string): Scenario {
  const [name = '', request = '', table = '', data = ''] = text.split(/^\s*"""\s*$/m);
  return {
    name: name.split('\n')[0] ?? '',
    request: request.replace(/^ {8}/gm, ''),
    attributes: Object.fromEntries(
      tableRows(table)
        .slice(1)
        .map(([key = '', value = '']): [string, string] => [key, value]),
    ),
    data: JSON.parse(data),
  };
}

/** The event in a request, by the rules of the source. */
function eventOf(request: string): Record<string, unknown> {
  const [head = '', body = ''] = request.trim().split(/\n\n/);
  const headers = Object.fromEntries(
    head
      .split('\n')
      .slice(1)
      .map((line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
      }),
  );
  const sent: unknown = JSON.parse(body);
  const type = mediaType(headers['content-type']);
  return isBinaryMode(headers, type) ? readBinary(headers, sent) : Object(sent);
}

const folder = sharedData('cloudevents', process.env['SHARED_DATA']);
const scenarios =
  folder === undefined
    ? []
    : readFeature(readFileSync(join(folder, 'features', 'http-protocol-binding.feature'), 'utf8'));

describe.skipIf(scenarios.length === 0)('the conformance features of CloudEvents over HTTP', () => {
  it.each(scenarios)('$name', ({ request, attributes, data }) => {
    const event = eventOf(request);
    expect(event).toMatchObject(attributes);
    expect(event['data']).toEqual(data);
    // only the type is not one of ours
    expect(parseEnvelope(event)).toMatchObject({ code: 'IOC_EVENT_TYPE_UNKNOWN' });
  });
});

describe('header values of binary mode', () => {
  it.each([
    ['plain', 'plain'],
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['100%', '100%'],
    ['50%zz', '50%zz'],
    ['%ff', '%ff'],
    ['"quoted \\"text\\""', 'quoted "text"'],
  ])('reads %s', (written, value) => expect(decodeHeader(written)).toBe(value));
});
