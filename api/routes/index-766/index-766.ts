import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { pointsOfKeeping, reckon766 } from '#ingest/dossier/index-766.ts';
import type { IndexReply } from '../../contract-index.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import type { Params } from '../../store.ts';
import { placeOf, type Place } from '../dossiers/place.ts';
import { figuresOf, groupsOf, readEntered, readFeed } from './figures.ts';
import { readFixes } from './fixes.ts';
import { indexQueries, type IndexQueries } from './queries.ts';
import { IndexReplySchema } from './reply.ts';

/** Longest span, in days: dossiers of the span are looked at one by one. */
const LONGEST_DAYS = 366;

const day = z.iso.date().optional();

/** The index of decision 766, live from the feed of dossiers and from what was entered by hand. */
export default function indexRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const queries = indexQueries();
  app.get(
    '/index-766',
    {
      schema: {
        tags: ['index'],
        summary: 'The index of decision 766, and what would raise it',
        querystring: z.strictObject({
          unit: z.string().max(64).optional(),
          from: day.describe('first day; the first of this month when absent'),
          to: day.describe('last day; the last of the month of `from` when absent'),
        }),
        response: { 200: IndexReplySchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request): Promise<IndexReply> => {
      const {
        query: { unit, ...days },
      } = request;
      const { zone } = app.book.dashboards().province.calendar;
      const now = app.clock();
      const span = spanOf(days, now, zone);
      // what was open is judged at the end of a span that has passed; what ended stays as it ended, and what was entered since counts
      const isOver = span.until <= now;
      const place = placeOf(request, { unit });
      const end = isOver ? placeOf(request, { unit, at: new Date(span.until - 1).toISOString() }) : place;
      return reply(place, end, span);
    },
  );

  const reply = async (place: Place, end: Place, span: Span): Promise<IndexReply> => {
    const ask = (name: keyof IndexQueries, params: Params = {}, { lens } = place) =>
      app.gate.pass(() => app.store.run(queries[name], params, lens));
    const { from, to } = span;
    const [ended, open, facts, hand, toFix] = await Promise.all([
      ask('ended', { from, to }),
      ask('open', {}, end),
      ask('facts', { from: span.since, until: span.until }),
      ask('entered', { from: from.slice(0, 7), to: to.slice(0, 7) }),
      end === place ? ask('toFix') : undefined,
    ]);
    const feed = readFeed(ended, open, facts);
    const entered = readEntered(hand);
    const figures = figuresOf(feed.ratios, entered);
    const { points, known, most, grade } = reckon766(figures);
    return {
      at: open.at,
      unit: place.unit.code,
      from,
      to,
      ...{ points, known, most, grade },
      groups: groupsOf(figures, feed.ratios, entered),
      mean_ms: feed.mean_ms,
      dossier_points: pointsOfKeeping(figures, 1),
      fixes: toFix ? readFixes(toFix, place, figures) : [],
    };
  };
}

/** Days as texts, both included, and as instants: `until` is the first after the span. */
interface Span {
  from: string;
  to: string;
  since: number;
  until: number;
}

/** The span that is asked for. Throws `IOC_BAD_REQUEST` for one that is empty, too long or yet to come. */
function spanOf(days: { from?: string | undefined; to?: string | undefined }, now: number, zone: string): Span {
  const start = days.from === undefined ? DateTime.fromMillis(now, { zone }).startOf('month') : dayAt(days.from, zone);
  const last = days.to === undefined ? start.endOf('month').startOf('day') : dayAt(days.to, zone);
  const [since, until] = [start.toMillis(), last.plus({ days: 1 }).toMillis()];
  if (since >= until) throw new IocError('IOC_BAD_REQUEST', 'from is after to');
  if (since > now) throw new IocError('IOC_BAD_REQUEST', 'from has not come yet');
  if (last.diff(start, 'days').days >= LONGEST_DAYS)
    throw new IocError('IOC_BAD_REQUEST', `more than ${LONGEST_DAYS} days`);
  return { from: start.toFormat('yyyy-MM-dd'), to: last.toFormat('yyyy-MM-dd'), since, until };
}

function dayAt(text: string, zone: string): DateTime {
  return DateTime.fromISO(text, { zone });
}
