import { z } from 'zod';
import { GROUPS_766, PARTS_766, type Part766Id } from '#ingest/dossier/index-766-parts.ts';
import { reckon766, type Figures766, type Ratio } from '#ingest/dossier/index-766.ts';
import type { EnteredBy, IndexGroup, IndexPart } from '../../contract-index.ts';
import type { Rows } from '../../contract.ts';
import { toRecords } from '../records.ts';
import { FACTS } from './queries.ts';

const EnteredSchema = z.object({
  metric: z.string(),
  period: z.string(),
  value: z.number(),
  entered_by: z.string(),
  note: z.string(),
  entered_at: z.number(),
});
const CountsSchema = z.record(z.string(), z.number().nullable());

/** A ratio that was entered by hand, summed over months, with its newest entry. */
export interface Entered extends Ratio {
  newest: EnteredBy;
}

/** The metric under which a figure of a part is entered by hand: `index_766.3_1.part`. */
export function metricOf(id: string, what: 'part' | 'whole'): string {
  return `index_766.${id.replace('.', '_')}.${what}`;
}

/** The ratios of entered.sql by part. A month counts where both of its figures stand. */
export function readEntered(answer: Rows): Map<string, Entered> {
  const rows = toRecords(answer).map((record) => EnteredSchema.parse(record));
  const byKey = new Map(rows.map((row) => [`${row.period}/${row.metric}`, row]));
  const found = new Map<string, Entered>();
  for (const { id } of PARTS_766)
    for (const period of new Set(rows.map((row) => row.period))) {
      const part = byKey.get(`${period}/${metricOf(id, 'part')}`);
      const whole = byKey.get(`${period}/${metricOf(id, 'whole')}`);
      if (!part || !whole) continue;
      const last = part.entered_at > whole.entered_at ? part : whole;
      const before = found.get(id);
      found.set(id, {
        part: (before?.part ?? 0) + part.value,
        whole: (before?.whole ?? 0) + whole.value,
        newest: { period, by: last.entered_by, at: last.entered_at, note: last.note },
      });
    }
  return found;
}

/** The ratios that the feed gives, from the rows of ended.sql, open.sql and facts.sql; a whole of 0 is left out: nothing is said. */
export function readFeed(ended: Rows, open: Rows, facts: Rows): { ratios: Map<string, Ratio>; mean_ms: number | null } {
  const [told] = toRecords(facts).map((record) => CountsSchema.parse(record));
  const judged = [...toRecords(ended), ...toRecords(open)].map((record) => CountsSchema.parse(record));
  const sumOf = (name: string) => judged.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
  const ratios = new Map<string, Ratio>([['2.1', { part: sumOf('kept'), whole: sumOf('judged') }]]);
  for (const [id, [part, whole]] of Object.entries(FACTS))
    ratios.set(id, { part: told?.[part] ?? 0, whole: told?.[whole] ?? 0 });
  for (const [id, { whole }] of ratios) if (whole === 0) ratios.delete(id);
  return { ratios, mean_ms: told?.mean_ms ?? null };
}

/** What the index is reckoned from: the feed's word where it gives one, otherwise what was entered. */
export function figuresOf(feed: ReadonlyMap<string, Ratio>, entered: ReadonlyMap<string, Ratio>): Figures766 {
  return Object.fromEntries(PARTS_766.map(({ id }) => [id, feed.get(id) ?? entered.get(id) ?? null]));
}

/** The groups as they are replied, each part with where its figures are from. */
export function groupsOf(
  figures: Figures766,
  feed: ReadonlyMap<string, Ratio>,
  entered: ReadonlyMap<string, Entered>,
): IndexGroup[] {
  const index = reckon766(figures);
  const parts = PARTS_766.map(({ id, name, definition, most, full_at }, at): IndexPart => {
    const { rate = null, points = null } = index.parts[at] ?? {};
    return {
      ...{ id, name, definition, most, full_at, rate, points },
      part: figures[id]?.part ?? null,
      whole: figures[id]?.whole ?? null,
      from: sourceOf(id, feed, entered),
      is_entered: !feed.has(id) && id !== '2.1',
      entered: feed.has(id) ? null : (entered.get(id)?.newest ?? null),
    };
  });
  return GROUPS_766.map(({ id, name }) => {
    const { points = null, known = 0, most = 0 } = index.groups.find((group) => group.id === id) ?? {};
    return { id, name, points, known, most, parts: parts.filter((_part, at) => PARTS_766[at]?.group === id) };
  });
}

function sourceOf(
  id: Part766Id,
  feed: ReadonlyMap<string, Ratio>,
  entered: ReadonlyMap<string, Ratio>,
): IndexPart['from'] {
  if (feed.has(id)) return 'feed';
  if (!entered.has(id)) return null;
  return id === '5.4' ? 'both' : 'hand';
}
