import { join } from 'node:path';
import { expect, it } from 'vitest';
import { showAs } from './show-as.ts';

const CONFIG = {
  folder: join(import.meta.dirname, '../../dashboards'),
  province: 'quang-ninh-2019',
  access: undefined,
};

it('shows what a unit sees of each board beside what the province would, and says who cannot be', async () => {
  const lines: string[] = [];
  expect(await showAs(CONFIG, 'unit:H49.02', (line) => lines.push(line))).toBe(true);
  const text = lines.join('\n');
  const row = (panel: string) => new RegExp(`^toan-canh +${panel} .*$`, 'm').exec(text)?.[0].split(/ {2,}/);
  expect(text).toContain('unit:H49.02 sees H49.02 Thành phố Móng Cái');
  expect(text).toContain('viewer: may read, may not act, may not administer');
  const [, , , own, province] = row('overdue') ?? [];
  expect(Number(own)).toBeGreaterThan(0);
  expect(Number(own)).toBeLessThan(Number(province));
  // a link names the unit above that it comes from, and nothing else is named
  const outside = text.split('\n').filter((line) => /^(toan-canh|don-vi) .* H49$/.test(line));
  expect(outside).toEqual([expect.stringContaining('links-by-unit')]);
  expect(text).toContain('routes.units.figures');
  await expect(showAs(CONFIG, 'unit:H49.99', () => undefined)).rejects.toThrow(/unknown unit "H49\.99"; did you mean/);
  await expect(showAs(CONFIG, 'role:viewer', () => undefined)).rejects.toThrow('viewer is of a unit');
  await expect(showAs(CONFIG, 'leader', () => undefined)).rejects.toThrow('allowed: unit:<code>, role:leader');
});
