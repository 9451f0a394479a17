import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt } from '../../test-mount.ts';
import PanelText from './PanelText.vue';
import { blocksOf } from './text-view.ts';

describe('the words of a panel', () => {
  it('are paragraphs parted by empty lines, and lists', () =>
    expect(blocksOf('Một.\nHai.\n\n\nBa\n- bốn\n-  năm\nsáu\n')).toEqual([
      { kind: 'paragraph', lines: ['Một.', 'Hai.'] },
      { kind: 'paragraph', lines: ['Ba'] },
      { kind: 'list', lines: ['bốn', 'năm'] },
      { kind: 'paragraph', lines: ['sáu'] },
    ]));
  it('keep what is no entry as it is written', () =>
    expect(blocksOf('-5 °C\n# không là đề mục')).toEqual([
      { kind: 'paragraph', lines: ['-5 °C', '# không là đề mục'] },
    ]));
});

describe('a panel of words', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('draws markup as words', async () => {
    const words = { vi: '<img src=x onerror=alert(1)>\n- <b>đậm</b>', en: '-' };
    const view = { panel: { kind: 'text', options: { words, size: 'normal' } } };
    const { page } = await mountAt(PanelText, { props: { view, results: {}, state: 'fresh' } });
    expect(page.findAll('img, b')).toEqual([]);
    expect(page.get('p').text()).toBe('<img src=x onerror=alert(1)>');
    expect(page.get('li').text()).toBe('<b>đậm</b>');
    page.unmount();
  });
});
