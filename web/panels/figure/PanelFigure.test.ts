import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { panelViews } from '../../live/panel-views.ts';
import { testBoard, testSnapshot } from '../../test-board.ts';
import { answerRequests, mountAt } from '../../test-mount.ts';
import PanelFigure from './PanelFigure.vue';

const [view] = panelViews(testBoard());
const main = (value: number | null) => testSnapshot('k', ['value'], [[value]]);

describe('a figure', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('is bold while fresh and loses its weight and colour when stale', async () => {
    const { page } = await mountAt(PanelFigure, { props: { view, results: { main: main(1284) }, state: 'fresh' } });
    expect(page.get('[data-value]').text()).toBe('1.284');
    expect(page.get('.row').classes()).toContain('fresh');
    await page.setProps({ state: 'stale' });
    expect(page.get('[data-value]').text()).toBe('1.284');
    expect(page.get('.row').classes()).not.toContain('fresh');
    page.unmount();
  });

  it('brightens when it changes, not when it appears', async () => {
    const { page } = await mountAt(PanelFigure, { props: { view, results: { main: main(1) }, state: 'fresh' } });
    expect(page.get('.row').classes()).not.toContain('flash');
    await page.setProps({ results: { main: main(2) } });
    expect(page.get('.row').classes()).toContain('flash');
    page.unmount();
  });

  it('writes a missing value as a dash', async () => {
    const { page } = await mountAt(PanelFigure, { props: { view, results: { main: main(null) }, state: 'empty' } });
    expect(page.get('[data-value]').text()).toBe('—');
    page.unmount();
  });
});
