import { afterEach, expect, it, vi } from 'vitest';
import { mountAt } from '../test-mount.ts';
import LocalTimeInput from './LocalTimeInput.vue';

afterEach(() => vi.unstubAllGlobals());

it('says the chosen instant in words, day before month, and what is meant while none is chosen', async () => {
  const { page } = await mountAt(LocalTimeInput, { props: { modelValue: '', none: 'ngay bây giờ', name: 'starts' } });
  expect(page.find('input[name=starts]').exists()).toBe(true);
  expect(page.find('output').text()).toBe('ngay bây giờ');
  await page.setProps({ modelValue: '2026-03-04T16:30' });
  expect(page.find('output').text()).toBe('16:30, Thứ Tư, 04/03/2026');
  await page.setProps({ modelValue: 'không', none: undefined });
  expect(page.find('output').exists()).toBe(false);
});
