// @vitest-environment node
import { expect, it } from 'vitest';
import { createFormats } from '../format/format.ts';
import { lineTexts, reconciliationUrl, statedText } from './reconciliation-view.ts';

const formats = createFormats('vi', 'Asia/Ho_Chi_Minh');

it('asks for a unit and a period', () => {
  expect(reconciliationUrl(undefined, undefined)).toBe('/api/reconciliations');
  expect(reconciliationUrl('H49.12', '2019-H1')).toBe('/api/reconciliations?unit=H49.12&period=2019-H1');
});

it('writes figures as they were stated, and what is missing as a dash, not as 0', () => {
  expect([44_800, 67.2, 0, null].map((value) => statedText(value, formats))).toEqual(['44.800', '67,2', '0', '—']);
});

it('writes differences with their sign and the decimals of the rule', () => {
  const texts = (expected: number | null, difference: number | null, decimals = 0) =>
    Object.values(lineTexts({ expected, difference }, { decimals }, formats));
  expect(texts(34_800, 10_000)).toEqual(['34.800', '+10.000']);
  expect(texts(79.725, -12.525, 1)).toEqual(['79,7', '−12,5']);
  expect(texts(83.8829, -0.0029, 2)).toEqual(['83,88', '0,00']);
  expect(texts(34_800, null)).toEqual(['34.800', '—']);
  expect(texts(null, null)).toEqual(['—', '—']);
});
