import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PostEvents } from '../../actions/event-poster.ts';
import { readStanding } from '../../alerts/notify/read.ts';
import type { Lens } from '../../lens.ts';
import { ownQuery } from '../../sql.ts';
import type { Store } from '../../store.ts';
import { toRecords } from '../records.ts';
import { PUSHED_PREFIX, resolvedEvent, RESOLVE_TIMEOUT_MS } from './push.ts';

const query = ownQuery('routes/alertmanager/ends.sql', ['alert', 'alert_event'], {
  description: 'Until when pushed alerts count',
  rows: { alert_id: { type: 'text' }, ends: { type: 'instant' } },
  max_rows: 10_000,
});
const RowSchema = z.object({ alert_id: z.string(), ends: z.number() });

/** How often what was not pushed again is looked for. */
const EVERY_MS = 10_000;

/** Until when open pushed alerts count (epoch ms), by id. Throws as `store.run`. */
export async function readEnds({ run }: Pick<Store, 'run'>, lens: Lens): Promise<Map<string, number>> {
  const rows = toRecords(await run(query, {}, lens)).map((record) => RowSchema.parse(record));
  return new Map(rows.map(({ alert_id, ends }) => [alert_id, ends]));
}

/**
 * Ends pushed alerts that were not pushed again in time, in the process that tells people of alerts. After a start whoever pushes is given as long as without an end:
 * nobody could push while nothing listened.
 */
export function startExpiry(app: FastifyInstance, post: PostEvents): void {
  if (!app.tellsOfAlerts) return;
  let started_at = 0;
  const look = async (): Promise<void> => {
    const now = app.clock();
    if (now - started_at < RESOLVE_TIMEOUT_MS) return;
    const { province, rules } = app.book.dashboards();
    const lens = { scope: province.units.root.path, at: null, known_at: null };
    const ends = await readEnds(app.store, lens);
    const over = [...ends].flatMap(([id, at]) => (at <= now ? [id] : []));
    if (over.length === 0) return;
    const found = await readStanding(app.store, { units: province.units, rules }, lens, { ids: JSON.stringify(over) });
    const events = found
      .filter(({ alert_id, isResolved }) => !isResolved && alert_id.startsWith(PUSHED_PREFIX))
      .map((alert) => resolvedEvent(alert, ends.get(alert.alert_id) ?? now));
    if (events.length > 0) await post(events);
  };
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onListen', () => {
    started_at = app.clock();
    timer = setInterval(() => {
      look().catch((err: unknown) => app.log.warn({ err }, 'pushed alerts could not be ended, it is tried again'));
    }, EVERY_MS);
  });
  app.addHook('preClose', () => clearInterval(timer));
}
