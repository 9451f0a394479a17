// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Definitions } from '#api/contract-definitions.ts';
import { findDefinitions } from './find-definitions.ts';

const both = (vi: string) => ({ vi, en: vi });
const DEFINITIONS: Definitions = {
  kinds: [{ kind: 'figure', columns: { main: ['value'], trend: ['t', 'value'] }, example: null }],
  queries: [
    {
      ...{ id: 'gauge-share', description: 'A part of a whole.', rows: { value: 'number', of: 'number' } },
      params: [
        { name: 'part', type: 'String', default: '', allowed: null },
        { name: 'step', type: 'UInt8', default: 1, allowed: [1, 24] },
      ],
    },
  ],
  metrics: [{ id: 'on-time', name: both('Đúng hạn'), unit: both('%'), definition: both('Hồ sơ xong đúng hạn.') }],
};
const find = (part: keyof Definitions, word: string) =>
  findDefinitions(DEFINITIONS, part, word, (text) => text?.vi ?? '');

describe('looking a name up', () => {
  it('finds by every word, without case and accents', () => {
    expect(find('metrics', 'dung HAN').map(({ id }) => id)).toEqual(['on-time']);
    expect(find('metrics', 'đúng quá')).toEqual([]);
    expect(find('queries', 'whole share')).toHaveLength(1);
    expect(find('kinds', '')).toHaveLength(1);
  });

  it('says what a query takes and gives, and what a kind reads', () => {
    expect(find('queries', '')[0]).toMatchObject({
      params: ["part: String = ''", 'step: 1 | 24 = 1'],
      columns: 'value, of',
    });
    expect(find('kinds', '')[0]?.columns).toBe('main: value · trend: t, value');
  });
});
