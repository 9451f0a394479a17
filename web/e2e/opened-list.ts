import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The pages that list what a number counted. */
export const LISTS = ['/desk', '/links', '/security', '/readings', '/alerts', '/counts', '/entries'];
/** Of these the ones that are pages long: their sum or count is compared, not the rows that are drawn. */
const IN_PAGES = ['/desk', '/counts', '/entries'];

/** A number as people write it: `1.284` is 1284. */
export const digits = (text: string | null): number => Number((text ?? '').replace(/\D/g, ''));

/** The figure that an address is told; null where it counts nothing. */
export function figureIn(href: string): string | null {
  return new URL(href, 'http://wall').searchParams.get('figure') || null;
}

/** What a list says: how many it has, the figure that it was opened from, and the difference that it states. */
export async function readList(
  page: Page,
): Promise<{ count: number; figure: number; difference: number; text: string }> {
  const note = page.locator('[data-figure][data-difference]');
  await note.waitFor({ timeout: 30_000 });
  const sum = page.locator('[data-sum]');
  const counted = (await sum.count()) > 0 ? sum : page.locator('[data-count]');
  return {
    count: digits(await counted.textContent()),
    figure: Number(await note.getAttribute('data-figure-value')),
    difference: Number(await note.getAttribute('data-difference')),
    text: (await note.textContent()) ?? '',
  };
}

/** Opens what a link of a panel leads to; gives by how much its list differs from the figure, null where it counts nothing. */
export async function openFigure(page: Page, origin: string, href: string): Promise<number | null> {
  const { pathname } = new URL(href, origin);
  await page.goto(origin + href);
  if (!LISTS.includes(pathname) || figureIn(href) === null) {
    await page.locator('h1').waitFor({ timeout: 30_000, state: 'attached' });
    expect(await page.locator('h1').textContent(), href).not.toBe('Không có trang này');
    return null;
  }
  const { count, figure, difference, text } = await readList(page);
  expect(figure, href).toBe(Number(figureIn(href)));
  expect(difference, href).toBe(count - figure);
  if (difference !== 0) expect(text.replaceAll('.', ''), href).toContain(String(Math.abs(difference)));
  const isWhole = !IN_PAGES.includes(pathname) && (await page.locator('[data-sum]').count()) === 0;
  if (isWhole && count <= 500) expect(await page.locator('[data-record]').count(), href).toBe(count);
  return difference;
}
