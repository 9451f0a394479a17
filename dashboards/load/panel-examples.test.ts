import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { panelExamples } from './panel-examples.ts';
import { shippedFiles } from './test-files.ts';

const BOARD = `
title: { vi: A, en: A }
panels:
  long:
    kind: figure
    title: { vi: Dài, en: Long }
    options:
      caption:
        {
          vi: dài,
          en: long,
        }
  short:
    kind: figure # the shorter
    title: { vi: Ngắn, en: Short }

  other:
    kind: feed
`;

describe('examples of panels', () => {
  it('are the shortest of their kind, from their name on, at the left edge', () => {
    const examples = panelExamples([{ id: 'a', text: BOARD }]);
    expect([...examples.keys()]).toEqual(['figure', 'feed']);
    expect(examples.get('figure')).toEqual({
      ...{ board: 'a', panel: 'short' },
      text: 'short:\n  kind: figure # the shorter\n  title: { vi: Ngắn, en: Short }',
    });
  });

  it('of the boards that ship are whole', async () => {
    const boards = [...(await shippedFiles())].filter(([file]) => file.startsWith('boards/'));
    const examples = panelExamples(boards.map(([id, text]) => ({ id, text })));
    expect(examples.size).toBeGreaterThan(8);
    for (const [kind, { panel, text }] of examples) expect(parse(text)).toMatchObject({ [panel]: { kind } });
  });

  it('are none of what is no board', () => {
    expect(panelExamples([{ id: 'a', text: 'panels: [1, {' }]).size).toBe(0);
  });
});
