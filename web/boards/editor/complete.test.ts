// @vitest-environment node
import { CompletionContext } from '@codemirror/autocomplete';
import type { CompletionResult } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { Definitions } from '#api/contract-definitions.ts';
import { completeBoard } from './complete.ts';

const both = (vi: string) => ({ vi, en: vi });
const query = (id: string, rows: string[]): Definitions['queries'][number] => ({
  ...{ id, description: `about ${id}`, rows: Object.fromEntries(rows.map((row) => [row, 'number'])) },
  params: [
    { name: 'days', type: 'UInt16', default: 30, allowed: [7, 30] },
    { name: 'part', type: 'String', default: '', allowed: null },
  ],
});
const DEFINITIONS: Definitions = {
  kinds: [
    { kind: 'figure', columns: { main: ['value'], trend: ['t', 'value'] }, example: null },
    { kind: 'feed', columns: { each: ['text'] }, example: null },
  ],
  queries: [query('newest', ['text']), query('share', ['value', 'of'])],
  metrics: [{ id: 'on-time', name: both('Đúng hạn'), unit: both('%'), definition: both('Xong đúng hạn.') }],
};
const complete = completeBoard({
  definitions: () => DEFINITIONS,
  units: () => [
    { code: 'H49.02', path: '/H49/H49.02/', parent: 'H49', type: 'huyen', name: 'Huyện B', short: 'B', seat: null },
  ],
  kindName: (kind) => `tên ${kind}`,
  text: (each) => each?.vi ?? '',
});

const HEAD = 'variables:\n  period: { default: 30 }\npanels:\n';
/** What is offered at `|`; asked for by a key, as nothing may be typed yet. */
async function at(text: string, explicit = true): Promise<CompletionResult | null> {
  const whole = HEAD + text;
  const pos = whole.indexOf('|');
  const state = EditorState.create({ doc: whole.replace('|', '') });
  return complete(new CompletionContext(state, pos, explicit));
}
const labels = async (text: string): Promise<string[]> => ((await at(text))?.options ?? []).map(({ label }) => label);

describe('what is offered while a board is written', () => {
  it('is kinds, metrics and queries, each where it may stand', async () => {
    expect(await labels('  a:\n    kind: |\n    title: 1')).toEqual(['figure', 'feed']);
    expect(await labels('  a:\n    metric: on|')).toEqual(['on-time']);
    expect(await labels('  a:\n    queries: { main: { query: | } }')).toEqual(['newest', 'share']);
    expect(await labels('  a:\n    queries:\n      main:\n        query: sh|\n')).toEqual(['newest', 'share']);
    expect(await labels('  a:\n    title: |')).toEqual([]);
    expect(await at('  a:\n    kind: fi|')).toMatchObject({ options: [{ detail: 'tên figure' }, {}] });
    expect(await at('  a:\n    metric: |')).toMatchObject({
      options: [{ detail: 'Đúng hạn (%)', info: 'Xong đúng hạn.' }],
    });
  });

  it('puts the queries first that give what the kind reads', async () => {
    const first = async (text: string) =>
      (await at(text))?.options.filter(({ boost }) => boost === 1).map(({ label }) => label);
    expect(await first('  a:\n    kind: figure\n    queries: { main: { query: | } }')).toEqual(['share']);
    expect(await first('  a:\n    kind: feed\n    queries: { any: { query: | } }')).toEqual(['newest']);
  });

  it('is the parameters of the query that do not stand yet, their values, and the variables of the board', async () => {
    expect(await labels('  a:\n    queries: { main: { query: share, params: { | } } }')).toEqual(['days', 'part']);
    expect(await labels('  a:\n    queries: { main: { query: share, params: { days: 7, p| } } }')).toEqual(['part']);
    expect(await labels('  a:\n    queries:\n      main:\n        query: share\n        params:\n          |')).toEqual(
      ['days', 'part'],
    );
    expect(await labels('  a:\n    queries: { main: { query: share, params: { days: | } } }')).toEqual([
      '$period',
      '7',
      '30',
    ]);
    expect(await labels('  a:\n    queries: { main: { query: share, params: { part: $| } } }')).toEqual(['$period']);
    expect(await labels('  a:\n    kind: figure\n    queries: { main: { query: share }, | }')).toEqual(['trend']);
  });

  it('is the columns of the query for a table', async () => {
    const table = '    queries: { main: { query: share } }\n    options:\n      columns:\n';
    expect(await labels(`  a:\n${table}        - { column: |, title: 1 }`)).toEqual(['value', 'of']);
    expect(await labels(`  a:\n${table}        - column: v|`)).toEqual(['value', 'of']);
  });

  it('is units in links, also in quotes', async () => {
    expect(await labels("  a:\n    opens: '/desk?state=open&unit=H4|'")).toEqual(['H49.02']);
    expect(await labels('  a:\n    opens: /unit/|')).toEqual(['H49.02']);
  });

  it('is nothing before a letter is typed, in comments, and outside of panels', async () => {
    expect(await at('  a:\n    kind: |', false)).toBeNull();
    expect(await at('  a:\n    # kind: f|')).toBeNull();
    expect(await at('  a:\n    kind: x\nkind: f|')).toBeNull();
  });

  it('replaces the word that was begun', async () => {
    const result = await at('  a:\n    metric: on-t|');
    expect(result?.from).toBe(`${HEAD}  a:\n    metric: `.length);
  });

  it('lives with any text', async () => {
    for (const text of ['|', '[|', '{a: {|', '- |', "'|", '? |', '  a: [{ queries: |', ': |'])
      expect(((await at(text))?.options ?? []).length).toBeLessThan(9);
  });
});
