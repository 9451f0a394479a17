import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { Parent, ParentFigure } from '#dashboards/schema/parent.ts';
import type { Lens } from '../lens.ts';
import type { Store } from '../store.ts';

/** A reading as a parent's ingest takes it (CloudEvents 1.0). Its id is made of what it says and when, so that telling it again adds nothing. */
export interface ToldEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: 'reading.sample';
  time: string;
  subject: string;
  unit: string;
  data: { metric: string; value: number | null; value_unit: string; place: string };
}

/** What figures are taken from. */
export interface Figures {
  store: Pick<Store, 'run'>;
  query: (id: string) => LoadedQuery | undefined;
  /** Path of the province: a parent is told of the whole. */
  scope: string;
}

/**
 * The figures of an installation as of a step (epoch ms), as events for its parent. A figure that is not known is one without value.
 *
 * @param step.isNow asks what is live; other steps are folded from the log as of their instant
 * @param step.isOwn false for steps before this process began: that which always holds did not then
 * @throws IocError when a query fails
 */
export async function toldAt(
  { id, parent }: { id: string; parent: Parent },
  { at, isNow, isOwn }: { at: number; isNow: boolean; isOwn: boolean },
  figures: Figures,
): Promise<ToldEvent[]> {
  const lens: Lens = { scope: figures.scope, at: isNow ? null : at, known_at: null };
  const events: ToldEvent[] = [];
  for (const [metric, figure] of Object.entries(parent.figures)) {
    if ('value' in figure && !isOwn) continue;
    const value = await valueOf(figure, lens, figures);
    if (value === undefined) continue;
    events.push({
      ...{ specversion: '1.0', id: `${parent.place}/${metric}/${at}`, source: `ioc/${id}`, type: 'reading.sample' },
      ...{ time: new Date(at).toISOString(), subject: `${metric}/${parent.place}`, unit: parent.unit },
      data: { metric, value, value_unit: figure.value_unit, place: parent.place },
    });
  }
  return events;
}

/** The value of a figure: null where it is not known, undefined where its query is served no more. */
async function valueOf(
  figure: ParentFigure,
  lens: Lens,
  { store, query }: Figures,
): Promise<number | null | undefined> {
  if ('value' in figure) return figure.value;
  const loaded = query(figure.query);
  if (!loaded) return undefined;
  const { columns, rows } = await store.run(loaded, figure.params, lens);
  const value = rows[0]?.[columns.indexOf(figure.column)];
  return typeof value === 'number' ? value : null;
}
