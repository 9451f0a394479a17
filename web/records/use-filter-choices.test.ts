import { afterEach, expect, it, vi } from 'vitest';
import { answerRequests, mountAt } from '../test-mount.ts';
import LinksPage from './LinksPage.vue';

afterEach(() => vi.unstubAllGlobals());

it('offers all and each value, several together by all their names, and marks the one that is shown', async () => {
  answerRequests({ '/api/links': { at: Date.parse('2026-11-21T02:41:27Z'), count: 0, rows: [] } });
  const { page } = await mountAt(LinksPage, { path: '/links?state=down,silent&ring=a&after=x' });
  const choices = page.findAll('[data-choice]');
  expect(choices.map((choice) => choice.attributes('data-choice'))).toEqual([
    'all',
    'down,silent',
    'down',
    'silent',
    'up',
  ]);
  expect(choices.map((choice) => choice.attributes('aria-current'))).toEqual([
    'false',
    'true',
    'false',
    'false',
    'false',
  ]);
  expect(choices[0]?.attributes('href')).toBe('/links?ring=a');
  expect(choices[2]?.attributes('href')).toBe('/links?state=down&ring=a');
  expect(choices[1]?.text()).toBe(`${choices[2]?.text()}, ${choices[3]?.text()}`);
  page.unmount();
});
