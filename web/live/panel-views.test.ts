// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testBoard } from '../test-board.ts';
import { panelViews } from './panel-views.ts';

describe('the panels of a board', () => {
  it('stay the same objects where nothing about them changed', () => {
    const before = panelViews(testBoard());
    const changed = testBoard();
    const [first, second] = before;
    const panel = changed.board.panels.received;
    if (panel) panel.title = { vi: 'Khác', en: 'Other' };
    const after = panelViews(changed, before);
    expect(after.find((view) => view.id === 'received')).not.toBe(first);
    expect(after.find((view) => view.id === 'flow')).toBe(second);
  });

  it('change with their metric and with the keys of their queries', () => {
    const before = panelViews(testBoard());
    const changed = testBoard();
    changed.keys.flow = { main: 'another' };
    expect(panelViews(changed, before).find((view) => view.id === 'flow')).not.toBe(before[1]);
  });
});
