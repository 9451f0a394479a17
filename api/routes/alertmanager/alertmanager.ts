import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { anchored, isUsable } from '#dashboards/schema/matcher.ts';
import type { PostEvents } from '../../actions/event-poster.ts';
import { compile } from '../../alerts/notify/matchers.ts';
import { readSilences, readStanding } from '../../alerts/notify/read.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { createTurns } from '../chases/turns.ts';
import { placeOf } from '../dossiers/place.ts';
import { createSilences } from '../silences/silence.ts';
import { readEnds, startExpiry } from './expiry.ts';
import { groupsOf } from './groups.ts';
import { PostableAlertSchema, PUSHED_PREFIX, pushEvents } from './push.ts';
import { amAlerts, amSilence, filtersOf, matcherOf, PostableSilenceSchema, type AmAlert } from './shapes.ts';

const tags = ['alertmanager'];
const config = { access: 'act' } as const;
const AnySchema = z.unknown();
const failures = { 400: FailureSchema, 403: FailureSchema, 404: FailureSchema, 503: FailureSchema };
const response = { 200: AnySchema, ...failures };
const flag = z.enum(['true', 'false']).default('true');
const FilterSchema = z.object({
  filter: z.union([z.string().max(1_000), z.array(z.string().max(1_000)).max(50)]).optional(),
});
const AlertsQuerySchema = FilterSchema.extend({
  ...{ active: flag, silenced: flag, inhibited: flag, unprocessed: flag, muted: flag },
  receiver: z.string().max(256).optional(),
});
type AlertsQuery = z.output<typeof AlertsQuerySchema>;
const IdSchema = z.object({ id: z.string().min(1).max(128) });

/** Most bytes and alerts of a push; Prometheus sends 64 at a time. */
const PUSH_BYTES = 8 * 1024 * 1024;
const MOST_PUSHED = 5_000;

/**
 * Alertmanager's API, version 2, for whoever speaks it: Prometheus pushes alerts, amtool sets silences. Bearer tokens of ours; a token pushes, silences and sees within its unit. A pushed
 * alert is kept, told of and acted upon like those of our rules; its rule is its `alertname`.
 */
export default function alertmanagerRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const silences = createSilences(instance, post);
  const inTurn = createTurns();
  const began = new Date(app.clock()).toISOString();
  const served = () => ({ units: app.book.dashboards().province.units, rules: app.book.dashboards().rules });

  const alertsOf = async (request: FastifyRequest, query: AlertsQuery): Promise<AmAlert[]> => {
    const { lens, now } = placeOf(request, {});
    const [found, set, ends] = await app.gate.pass(() =>
      Promise.all([
        readStanding(app.store, served(), lens, { lately_s: 0 }),
        readSilences(app.store, lens, { lately_s: 0 }),
        readEnds(app.store, lens),
      ]),
    );
    const alerts = new Map(found.map((alert) => [alert.alert_id, alert]));
    const shown = amAlerts({ alerts, silences: set }, app.notifyConfig(), ends, now);
    const fits = compile(filtersOf(query.filter));
    const named = query.receiver === undefined ? undefined : expressionOf(query.receiver);
    return found
      .filter(({ match, labels }) => fits({ ...match, ...labels }))
      .map(shown)
      .filter(
        ({ status, receivers }) =>
          (query.active === 'true' || status.state !== 'active') &&
          (query.silenced === 'true' || status.silencedBy.length === 0) &&
          (query.inhibited === 'true' || status.inhibitedBy.length === 0) &&
          (!named || receivers.some(({ name }) => named.test(name))),
      );
  };

  app.get('/status', { schema: { tags, summary: 'Status', response } }, () => ({
    cluster: { status: 'disabled', peers: [] },
    versionInfo: { version: '0.27.0', revision: '', branch: '', buildUser: 'toan-canh', buildDate: '', goVersion: '' },
    // the files say more than this can: it is what tools need to read it at all
    config: { original: configOf([...app.notifyConfig().files.receivers.keys()]) },
    uptime: began,
  }));

  app.get('/receivers', { schema: { tags, summary: 'Receivers', response } }, () =>
    [...app.notifyConfig().files.receivers.keys()].map((name) => ({ name })),
  );

  app.get(
    '/alerts',
    { schema: { tags, summary: 'Open alerts', querystring: AlertsQuerySchema, response } },
    (request) => alertsOf(request, request.query),
  );

  app.get(
    '/alerts/groups',
    { schema: { tags, summary: 'Open alerts by group', querystring: AlertsQuerySchema, response } },
    async (request) => {
      const alerts = await alertsOf(request, request.query);
      return groupsOf(alerts, app.notifyConfig().files);
    },
  );

  app.post(
    '/alerts',
    {
      config,
      bodyLimit: PUSH_BYTES,
      schema: { tags, summary: 'Pushes alerts', body: z.array(PostableAlertSchema).max(MOST_PUSHED), response },
    },
    (request) =>
      // what one push began the next goes on with
      inTurn('push', async () => {
        const place = placeOf(request, {});
        const { lens, units, unit, now } = place;
        if (request.body.some(({ labels }) => !labels.alertname))
          throw new IocError('IOC_BAD_REQUEST', 'an alert has an alertname');
        const [open, ends] = [
          await readStanding(app.store, served(), lens, { lately_s: 0 }),
          await readEnds(app.store, lens),
        ];
        const pushed = open.filter(({ alert_id }) => alert_id.startsWith(PUSHED_PREFIX));
        const terms = { now, units, unit: unit.code, scope: unit.path, open: pushed, ends };
        const events = pushEvents(request.body, terms);
        if (events.length > 0) await post(events);
        return {};
      }),
  );

  app.get(
    '/silences',
    { schema: { tags, summary: 'Silences', querystring: FilterSchema, response } },
    async (request) => {
      const wanted = filtersOf(request.query.filter);
      const list = await silences.list(placeOf(request, {}));
      // as Alertmanager has it: those that have a matcher of each name that fits
      return list.filter(({ matchers }) => fitsSilence(matchers, wanted)).map(amSilence);
    },
  );

  app.get('/silence/:id', { schema: { tags, summary: 'One silence', params: IdSchema, response } }, async (request) =>
    amSilence(await silences.one(placeOf(request, {}), request.params.id)),
  );

  app.post(
    '/silences',
    { config, schema: { tags, summary: 'Sets a silence', body: PostableSilenceSchema, response } },
    async (request) => {
      const { id, matchers, startsAt: starts_at, endsAt: ends_at, comment, createdBy } = request.body;
      // who acts is whose token it is; the name that is given besides is part of why
      const note = `${comment} (${createdBy})`;
      const asked = { matchers: matchers.map(matcherOf), starts_at, ends_at, note, ...(id && { silence_id: id }) };
      const { silence_id } = await silences.set(request, asked);
      return { silenceID: silence_id };
    },
  );

  app.delete(
    '/silence/:id',
    { config, schema: { tags, summary: 'Ends a silence', params: IdSchema, response } },
    async (request) => {
      await silences.end(request, request.params.id);
      return {};
    },
  );

  startExpiry(instance, post);
}

/** The receivers that are asked for, as an expression. What a matcher may not say is refused. */
function expressionOf(receiver: string): RegExp {
  if (!isUsable({ name: 'receiver', op: '=~', value: receiver }))
    throw new IocError('IOC_BAD_REQUEST', `${receiver} is no expression for receivers`);
  return anchored(receiver);
}

function fitsSilence(
  matchers: readonly { name: string; value: string }[],
  wanted: ReturnType<typeof filtersOf>,
): boolean {
  const values = Object.fromEntries(matchers.map(({ name, value }) => [name, value]));
  return compile(wanted)(values);
}

function configOf(receivers: readonly string[]): string {
  const names = receivers.length > 0 ? receivers : ['nobody'];
  return ['route:', `  receiver: ${names[0] ?? ''}`, 'receivers:', ...names.map((name) => `- name: ${name}`), ''].join(
    '\n',
  );
}
