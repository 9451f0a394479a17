import type { LoadedQuery } from '../dashboards.ts';
import type { Board, MeasuredPanel, QueryUse } from '../schema/board.ts';
import type { FileFault } from '../schema/fault.ts';
import { choices } from './suggest.ts';

/** What fills places of a link beside the columns of the panel's queries and the variables of its board: `openingPath` of web/panels. */
const ALWAYS = ['unit', 'scope', 'own', 'from', 'today', 'yesterday', 'month'] as const;
/** What a kind fills by itself: a topology knows rings, of which its query has none. */
const OF_KIND: Partial<Record<MeasuredPanel['kind'], readonly string[]>> = { topology: ['ring'] };
/** A stretch before the figure's instant: `{ago_30d}`, `{since_7d}`, `{ago_period}` of a variable. */
const STRETCH = /^(?:ago|since)_(\w+)$/;
const LENGTH = /^\d+[hd]$/;
const PLACE = /\{([^{}]*)\}/g;

/** Checks the links of a panel: a place that nothing fills would be left out, and the list be longer than the figure that leads to it. */
export function checkOpens(
  panel: MeasuredPanel,
  variables: Board['variables'],
  queries: ReadonlyMap<string, LoadedQuery>,
  say: (path: readonly PropertyKey[], message: string) => FileFault,
): FileFault[] {
  const uses: Readonly<Record<string, QueryUse | undefined>> = panel.queries;
  const used = Object.values(uses).flatMap((use) => (use ? [queries.get(use.query)] : []));
  // a query that is unknown or broken has a fault of its own
  if (used.some((query) => query === undefined)) return [];
  const names = new Set([
    ...ALWAYS,
    ...(OF_KIND[panel.kind] ?? []),
    ...Object.keys(variables),
    ...used.flatMap((query) => Object.keys(query?.rows ?? {})),
  ]);
  const isKnown = (name: string): boolean => {
    const stretch = STRETCH.exec(name)?.[1];
    return names.has(name) || (stretch !== undefined && (LENGTH.test(stretch) || stretch in variables));
  };
  return linksOf(panel, []).flatMap(({ path, link }) =>
    [...link.matchAll(PLACE)].flatMap(([, name = '']) =>
      isKnown(name) ? [] : [say(path, `nothing fills {${name}}; ${choices(name, names)}`)],
    ),
  );
}

/** Every link that is written in a panel, and where: `opens`, of queries and cells too, `opens_of`, `opens_note`. */
function linksOf(value: unknown, path: readonly PropertyKey[]): { path: readonly PropertyKey[]; link: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return key.startsWith('opens') && typeof part === 'string' ? [{ path: at, link: part }] : linksOf(part, at);
  });
}
