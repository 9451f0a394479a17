/** What is looked at in the page itself. Functions are run there as text, so each stands alone. */

/**
 * Texts of the wall that are cut, wrapped, outside or left out, and panels that overlap, stick out or stand half empty. Empty when all is well.
 */
export function wallFaults(): string[] {
  const found: string[] = [];
  const isStacked = document.querySelector('.wall.stacked') !== null;
  const isSeen = (element: Element): boolean => element.getClientRects().length > 0 && !element.closest('.unseen');
  /** What shows only that part of a text that is inside. */
  const frameOf = (element: Element): DOMRect => {
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      const { overflow, overflowX } = getComputedStyle(outer);
      // what can be moved into sight is not cut
      if (overflowX === 'auto') return new DOMRect(-1e6, -1e6, 2e6, 2e6);
      if (overflow === 'hidden') return outer.getBoundingClientRect();
    }
    return new DOMRect(0, 0, innerWidth, document.documentElement.scrollHeight);
  };
  const lines = (element: Element): number => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const tops = [...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top / 8));
    return new Set(tops).size;
  };

  for (const element of document.querySelectorAll<HTMLElement>('.wall *')) {
    const text = element.textContent.trim();
    if (text === '' || element.childElementCount > 0 || !isSeen(element)) continue;
    // a sensor's own words, as long as it likes: they end in dots where their column gives way
    if (element.closest('[data-cell="signature"]')) continue;
    const box = element.getBoundingClientRect();
    const frame = frameOf(element);
    // what has no room wraps out of sight as a whole
    if (box.top >= frame.bottom - 2) continue;
    if (box.right > frame.right + 1 || box.left < frame.left - 1) found.push(`cut: ${text}`);
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow === 'hidden')
      found.push(`cut: ${text}`);
    if (text.endsWith('…')) found.push(`shortened: ${text}`);
    // Vietnamese letters have marks above and below
    const style = getComputedStyle(element);
    if (style.overflow === 'hidden' && parseFloat(style.lineHeight) < 1.1 * parseFloat(style.fontSize))
      found.push(`marks cut: ${text}`);
  }
  const isOut = (part: Element, room: Element): boolean =>
    part.getBoundingClientRect().top >= room.getBoundingClientRect().bottom - 2;
  for (const unit of document.querySelectorAll('.plate .room .about')) {
    const panel = unit.closest('[data-panel]');
    // a gauge has its target on the dial
    if (panel?.matches('[data-kind="gauge"]')) continue;
    const title = panel?.querySelector('.title')?.textContent ?? '';
    // a title that says it needs no unit beside it
    const isSaid = title.toLocaleLowerCase().includes(unit.textContent.trim().toLocaleLowerCase());
    if (unit.parentElement && isOut(unit, unit.parentElement) && !isSaid)
      found.push(`no room for the unit: ${title.trim()} (${unit.textContent})`);
  }
  // the age is what grows: beyond the edge of what is above it, before it is cut by the panel's own
  for (const head of document.querySelectorAll('.plate .head')) {
    const age = head.querySelector('.age');
    if (age && age.getBoundingClientRect().right > head.getBoundingClientRect().right + 1)
      found.push(`over the edge: ${head.textContent}`);
  }
  for (const day of document.querySelectorAll('.header .date'))
    if (day.parentElement && isOut(day, day.parentElement)) found.push('no room for the day');
  for (const frame of isStacked ? document.querySelectorAll('.plate[data-state="fresh"]') : []) {
    const drawn = [...frame.querySelectorAll('.body *')].map((part) => part.getBoundingClientRect().bottom);
    const empty = frame.getBoundingClientRect().bottom - Math.max(...drawn);
    if (empty > frame.getBoundingClientRect().height / 3)
      found.push(`a third is empty: ${frame.querySelector('.title')?.textContent ?? ''}`);
  }
  for (const element of document.querySelectorAll('.card .title, .card .words, .card .age, .plate .title')) {
    const box = element.getBoundingClientRect();
    const parts = [...element.children].map((part) => part.getBoundingClientRect());
    const hidden = parts.some(({ top }) => top > box.bottom - 2);
    const isCut = parts.some(
      ({ top, left, right }) => top <= box.bottom - 2 && (left < box.left - 1 || right > box.right + 1),
    );
    if (isCut) found.push(`cut: ${element.textContent}`);
    if (hidden && element.getAttribute('data-spare') === 'none') found.push(`no room: ${element.textContent}`);
    if (lines(element) > 1 && element.getAttribute('data-spare') === null)
      found.push(`wrapped: ${element.textContent}`);
  }

  const panels = [...document.querySelectorAll('[data-panel]')].map((panel) => ({
    id: panel.getAttribute('data-panel'),
    box: panel.getBoundingClientRect(),
  }));
  const meet = (one: DOMRect, other: DOMRect): boolean =>
    one.left < other.right - 1 &&
    other.left < one.right - 1 &&
    one.top < other.bottom - 1 &&
    other.top < one.bottom - 1;
  panels.forEach(({ id, box }, index) => {
    if (box.right > innerWidth + 1 || (!isStacked && box.bottom > innerHeight + 1)) found.push(`sticks out: ${id}`);
    for (const other of panels.slice(0, index)) if (meet(box, other.box)) found.push(`overlap: ${id} and ${other.id}`);
  });
  for (const reason of document.querySelectorAll('.plate > .reason')) {
    const body = reason.parentElement?.querySelector(':scope > .body');
    if (body && meet(reason.getBoundingClientRect(), body.getBoundingClientRect()))
      found.push(`covered: ${reason.closest('[data-panel]')?.getAttribute('data-panel') ?? ''}`);
  }
  for (const group of ['.map .label text', '.legend li', '.alert .line', '.feed .entry', '.league .line > *']) {
    const boxes = [...document.querySelectorAll(group)].map((element) => element.getBoundingClientRect());
    boxes.forEach((box, index) => {
      // halos and accents reach a little beyond the line
      const slack = box.height * 0.12;
      const inner = new DOMRect(box.x + slack, box.y + slack, box.width - 2 * slack, box.height - 2 * slack);
      if (boxes.slice(0, index).some((other) => meet(inner, other))) found.push(`overlap in ${group}`);
    });
  }
  return found;
}

/** The smallest text on the wall, in CSS pixels. */
export function smallestText(): number {
  const sizes = [...document.querySelectorAll('.wall *')]
    .filter((element) => element.childElementCount === 0 && element.textContent.trim() !== '')
    .map((element) => parseFloat(getComputedStyle(element).fontSize));
  return Math.min(...sizes);
}

/** How many entries of the ticker are shown. */
export function shownEntries(): number {
  const foot = document.querySelector('.feed')?.getBoundingClientRect().bottom ?? 0;
  return [...document.querySelectorAll('.entry')].filter((entry) => entry.getBoundingClientRect().top < foot - 2)
    .length;
}

/** Where every panel, its heading, figure, chart and legend is, in CSS pixels, by name. */
export function wallPlaces(): Record<string, [number, number, number]> {
  const parts = ['.title', '[data-value]', '.chart', '.legend', '.second'];
  const places: Record<string, [number, number, number]> = {};
  for (const panel of document.querySelectorAll('[data-panel]'))
    for (const part of ['', ...parts]) {
      const element = part === '' ? panel : panel.querySelector(part);
      if (!element) continue;
      const { left, top, height } = element.getBoundingClientRect();
      places[`${panel.getAttribute('data-panel')} ${part}`] = [left, top, height];
    }
  return places;
}
