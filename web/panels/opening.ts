import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import { localStart } from '../format/local-start.ts';
import { fillPath } from './fill-path.ts';
import type { PathValues } from './fill-path.ts';

/** What a link leads from: the row that is drawn, the instant that it is true for (epoch ms), and the number that was counted, if it is one. */
export interface Counted {
  row?: PathValues | undefined;
  at?: number | undefined;
  value?: number | null | undefined;
}

/** Where a place of a board (`opens`) leads from what is drawn there; undefined when it leads nowhere, or not yet. */
export type Opener = (template: string | undefined, counted?: Counted) => string | undefined;

/** The opener of the panel around. */
export const OPENER: InjectionKey<Opener> = Symbol('opener');

/** The opener of the enclosing panel; outside of one, places are filled from the row alone. */
export function useOpener(): Opener {
  const plain: Opener = (template, counted) => fillPath(template, counted?.row ?? {});
  return inject(OPENER, plain);
}

/** Lists that can be asked for as of an instant, and lists that cannot: those say from which figure they were opened. */
const LISTS: Readonly<Record<string, 'at' | 'now'>> = {
  '/desk': 'at',
  '/security': 'at',
  '/sources/letters': 'at',
  '/counts': 'at',
  '/entries': 'at',
  '/links': 'now',
  '/readings': 'now',
  '/alerts': 'now',
};
/** What a list cannot be asked for without: the title of a panel that draws several metrics leads to none of them. */
const NEEDED: Readonly<Record<string, string>> = { '/counts': 'metric' };
const HOUR_MS = 3_600_000;
const TIMES = /\{(?:today|yesterday|month|(?:ago|since)_\w+)\}/;

/** `{ago_30d}`, `{ago_1h}` of a template, reckoned from `at`. */
function agoOf(template: string, at: number): PathValues {
  const found = [...template.matchAll(/\{(ago_(\d+)([hd]))\}/g)];
  return Object.fromEntries(
    found.map(([, name = '', count, unit]) => [
      name,
      new Date(at - Number(count) * (unit === 'd' ? 24 : 1) * HOUR_MS).toISOString(),
    ]),
  );
}

/** `{since_7d}` of a template: the local midnight that seven days began with, the last of which `at` is in. */
function sinceOf(template: string, at: number, zone: string): PathValues {
  const found = [...template.matchAll(/\{(since_(\d+)d)\}/g)];
  return Object.fromEntries(
    found.map(([, name = '', days]) => [name, localStart(at - (Number(days) - 1) * 24 * HOUR_MS, zone).today]),
  );
}

/**
 * Fills the places of a template: the columns of the row, `{scope}` the unit of the board, `{unit}` that of the row or of the board, `{own}` set
 * when both are the same (such a row counts the unit without those below it), `{today}`, `{yesterday}`, `{month}`, `{ago_30d}`, `{ago_1h}`, `{since_7d}`.
 * Instants in rows stay epoch ms; `{from}` is the first `t` of what is drawn. A list is opened as of the instant of the figure, and told
 * the figure (`figure`, unless the template says it), so that it can say that it is as long, or why it is not.
 */
export function openingPath(
  template: string | undefined,
  { row = {}, at, value }: Counted,
  { scope, zone }: { scope: string | undefined; zone: string | undefined },
): string | undefined {
  if (template === undefined) return undefined;
  const start = at === undefined || zone === undefined ? undefined : localStart(at, zone);
  // a list of today that is not limited to today would be longer than its figure
  if (TIMES.test(template) && start === undefined) return undefined;
  const own = row.unit !== undefined && row.unit === scope ? '1' : undefined;
  const path = fillPath(template, {
    unit: scope,
    ...row,
    scope,
    own,
    ...start,
    ...(at === undefined ? {} : agoOf(template, at)),
    ...(at === undefined || zone === undefined ? {} : sinceOf(template, at, zone)),
  });
  if (path === undefined) return undefined;
  const [page = '', query = ''] = path.split('?', 2);
  const said = new URLSearchParams(query);
  const needed = NEEDED[page];
  if (needed !== undefined && !said.has(needed)) return undefined;
  const list = LISTS[page];
  if (list === undefined || at === undefined) return path;
  if (typeof value === 'number' && Number.isInteger(value) && !said.has('figure')) said.set('figure', String(value));
  const instant = new Date(at).toISOString();
  if (list === 'at') for (const name of ['at', 'known_at']) said.set(name, instant);
  else if (said.has('figure')) said.set('figure_at', instant);
  return `${page}?${said.toString()}`;
}
