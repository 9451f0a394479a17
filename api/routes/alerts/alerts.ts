import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { PostEvents } from '../../actions/event-poster.ts';
import type { Alert, AlertActRequest, AlertDetail, AlertPage } from '../../contract-alerts.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { ALERT_DOMAINS } from '#dashboards/schema/alert-rule.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import type { Params } from '../../store.ts';
import { placeOf, type Place } from '../dossiers/place.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { totalOf } from '../list-query.ts';
import { toRecords } from '../records.ts';
import { createTurns } from '../chases/turns.ts';
import { ACTS, actEvent, wouldChange } from './act.ts';
import {
  alertEventsQuery,
  alertQuery,
  AlertSchema,
  countsQuery,
  CountsSchema,
  EventSchema,
  HUMAN_STATES,
  MOST_ALERTS,
  readAlerts,
  readEvents,
  WHICH,
} from './alert.ts';

const failures = { 400: FailureSchema, 403: FailureSchema, 404: FailureSchema, 503: FailureSchema };
/** Most alerts of one act. */
const MOST_ACTED = 500;
/** Longest time that an alert is shelved for, in milliseconds. */
const LONGEST_SHELF_MS = 30 * 86_400_000;

const list = (values: readonly string[]) =>
  z
    .string()
    .max(200)
    .refine((text) => text.split(',').every((one) => values.includes(one)), `is one or several of ${values.join(', ')}`)
    .optional();
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  rows: z.array(AlertSchema),
  counts: CountsSchema,
}) satisfies z.ZodType<AlertPage>;
const DetailSchema = AlertSchema.extend({
  events: z.array(EventSchema),
  annotations: z.record(z.string(), z.string()),
  receivers: z.record(z.string(), TextSchema),
}) satisfies z.ZodType<AlertDetail>;
const ActSchema = z.strictObject({
  alert_ids: z.array(z.string().min(1).max(128)).min(1).max(MOST_ACTED),
  act: z.enum(ACTS),
  note: z.string().trim().max(4_000).optional(),
  assignee: z.string().trim().max(128).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
}) satisfies z.ZodType<AlertActRequest>;
const RULE_ID = /^[\w.:-]{1,128}(?:,[\w.:-]{1,128})*$/;

/** Alerts: what is wrong, who has it, and what people do about it. */
export default function alertRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const [alerts, counts, events] = [alertQuery(), countsQuery(), alertEventsQuery()];
  const inTurn = createTurns();

  const find = async (place: Place, params: Params) => {
    const answer = await app.gate.pass(() => app.store.run(alerts, params, place.lens));
    const records = toRecords(answer);
    return {
      at: answer.at,
      count: totalOf(records),
      rows: readAlerts(answer, place.units, app.book.dashboards().rules),
    };
  };
  /** Alerts by their ids. Throws `IOC_ALERT_UNKNOWN` where one is missing, or is foreign: the two are told alike. */
  const named = async (request: FastifyRequest, ids: readonly string[]): Promise<Alert[]> => {
    const place = placeOf(request, {});
    const { rows } = await find(place, { ids: JSON.stringify(ids), page: MOST_ALERTS });
    if (new Set(rows.map(({ alert_id }) => alert_id)).size < new Set(ids).size) throw new IocError('IOC_ALERT_UNKNOWN');
    return rows;
  };

  app.get(
    '/alerts',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Alerts, the gravest and nobody’s first',
        querystring: LensQuerySchema.extend({
          state: z.enum(WHICH).default('unsettled'),
          human: list(HUMAN_STATES),
          severity: list(['1', '2', '3', '4']),
          rule: z.string().regex(RULE_ID).optional(),
          domain: list(ALERT_DOMAINS),
          assignee: z.string().max(128).optional().describe('who has it; `nobody`, or `me`'),
          q: z.string().max(200).optional(),
          own: z.literal('1').optional(),
          limit: z.coerce.number().int().min(1).max(MOST_ALERTS).default(200),
        }),
        response: { 200: PageSchema, ...failures },
      },
    },
    async (request) => {
      const { state, human = '', severity = '', rule = '', domain, q = '', own, limit, ...lens } = request.query;
      const { actor } = sessionOf(request);
      const owner = lens.assignee === 'me' ? actor : (lens.assignee ?? '');
      const place = placeOf(request, lens);
      const rules = domain === undefined ? rule : rulesOf(app, domain.split(','), rule);
      const params = { which: state, human, severity, rules, owner, q, own: own === undefined ? 0 : 1, page: limit };
      const [page, counted] = await Promise.all([
        find(place, params),
        app.gate.pass(() => app.store.run(counts, { actor }, place.lens)),
      ]);
      return { ...page, counts: CountsSchema.parse(toRecords(counted)[0]) };
    },
  );

  app.get(
    '/alerts/:id',
    {
      schema: {
        tags: ['alerts'],
        summary: 'One alert, and what became of it',
        params: z.object({ id: z.string().min(1).max(128) }),
        response: { 200: DetailSchema, ...failures },
      },
    },
    async (request) => {
      const {
        params: { id },
      } = request;
      const [[alert], told] = await Promise.all([
        named(request, [id]),
        app.gate.pass(() => app.store.run(events, { alert: id }, placeOf(request, {}).lens)),
      ]);
      if (!alert) throw new IocError('IOC_ALERT_UNKNOWN');
      const detail = { ...alert, ...readEvents(told) };
      return { ...detail, receivers: receiversOf(app, detail) };
    },
  );

  app.post(
    '/alerts/act',
    {
      bodyLimit: 256 * 1024,
      schema: {
        tags: ['alerts'],
        summary: 'Acknowledges, assigns, comments, shelves or closes alerts, or takes that back',
        body: ActSchema,
        response: { 200: z.object({ changed: z.int(), alerts: z.array(AlertSchema) }), ...failures },
      },
    },
    async (request) => {
      const { body } = request;
      const { now: at, units } = placeOf(request, {});
      checkAct(body, at);
      const { actor, scope } = sessionOf(request);
      const unit = units.units.find(({ path }) => path === scope)?.code ?? units.root.code;
      request.acted = { target: `${body.act} ${body.alert_ids.slice(0, 20).join(' ')}`, unit };
      // what one act does to the state is seen by the next
      return inTurn('act', async () => {
        const found = await named(request, body.alert_ids);
        const changing = found.filter((alert) => wouldChange(alert, body));
        const by = { actor, at, request: request.id, root: units.root.code };
        if (changing.length > 0) await post(changing.map((alert) => actEvent(alert, body, by)));
        return { changed: changing.length, alerts: await named(request, body.alert_ids) };
      });
    },
  );
}

/** What the schema cannot tell. Throws `IOC_BAD_REQUEST`. */
function checkAct({ act, note = '', assignee, until }: AlertActRequest, now: number): void {
  if (act === 'comment' && note === '') throw new IocError('IOC_BAD_REQUEST', 'a comment has a note');
  if (act === 'assign' && assignee === undefined) throw new IocError('IOC_BAD_REQUEST', 'assign names an assignee');
  if (act !== 'shelve') return;
  const ms = until === undefined ? Number.NaN : Date.parse(until) - now;
  if (!(ms > 0 && ms <= LONGEST_SHELF_MS))
    throw new IocError('IOC_BAD_REQUEST', 'shelve names until when, at most 30 days ahead');
}

/** What the receivers that an alert names are called. */
function receiversOf(app: FastifyInstance, { events, notified_to }: Pick<AlertDetail, 'events' | 'notified_to'>) {
  const { receivers } = app.notifyConfig().files;
  const ids = new Set([notified_to, ...events.map(({ receiver }) => receiver)]);
  return Object.fromEntries([...receivers].flatMap(([id, { name }]) => (ids.has(id) ? [[id, name]] : [])));
}

/** The rules of domains, and of these the ones that are asked for; one that cannot be when there is none. */
function rulesOf({ book }: FastifyInstance, domains: readonly string[], asked: string): string {
  const wanted = asked === '' ? undefined : asked.split(',');
  const rules = [...book.dashboards().rules.values()].filter(
    ({ id, domain }) => domains.includes(domain) && (wanted?.includes(id) ?? true),
  );
  return rules.map(({ id }) => id).join(',') || '-';
}
