import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { DeadlineId, DeadlinesReply } from '../../contract-chases.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { placeOf } from '../dossiers/place.ts';

const DEADLINE_IDS = ['today', 'working_1', 'working_3'] as const satisfies readonly DeadlineId[];

const ReplySchema = z.object({
  at: z.number(),
  deadlines: z.array(z.object({ id: z.enum(DEADLINE_IDS), at: z.number() })),
}) satisfies z.ZodType<DeadlinesReply>;

/**
 * The closes of business that a chase sent at `at` (epoch ms) is usually given: of today, left out on a day off and after hours, and of the first
 * and the third working day after it. Throws an Error where the calendar has no working time left.
 */
export function deadlinesFrom(at: number, time: WorkingTime): DeadlinesReply['deadlines'] {
  const today = time.dayOf(at);
  const close = time.closeOf(today);
  const later: number[] = [];
  for (let day = today; later.length < 3; day = time.dayOf(later.at(-1) ?? at)) later.push(time.closeOf(day + 1));
  const [first = close, , third = close] = later;
  return [
    ...(time.dayOf(close) === today && close > at ? [{ id: 'today' as const, at: close }] : []),
    { id: 'working_1', at: first },
    { id: 'working_3', at: third },
  ];
}

/** The deadlines that a chase is offered, by the calendar of the province. */
export default function deadlinesRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/chases/deadlines',
    {
      schema: {
        tags: ['chases'],
        summary: 'Ends of working days that a chase is usually given',
        response: { 200: ReplySchema, 503: FailureSchema },
      },
    },
    (request) => {
      const { at, unit, timeOf } = placeOf(request, {});
      return { at, deadlines: deadlinesFrom(at, timeOf(unit.path)) };
    },
  );
}
