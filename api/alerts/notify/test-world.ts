import { EscalationSchema } from '#dashboards/schema/escalation.ts';
import { InhibitionSchema } from '#dashboards/schema/inhibition.ts';
import type { NotifyFiles } from '#dashboards/schema/notify.ts';
import { ReceiverSchema } from '#dashboards/schema/receiver.ts';
import { RouteSchema, type WrittenRoute } from '#dashboards/schema/route.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import { testProvince } from '../../test-boards.ts';
import type { OwnEvent } from '../../actions/event-poster.ts';
import type { NotifyConfig } from './decide.ts';
import { fold, type Marks, type Note } from './marks.ts';
import { createNotifier, type Notifier } from './notifier.ts';
import type { Notice } from './notice.ts';
import { matchLabels, type NotifyAlert } from './notify-alert.ts';

const name = { vi: 'Thử', en: 'Test' };

/** For tests: a working morning, epoch ms. */
export const MORNING = Date.parse('2026-11-20T08:00:00+07:00');

/** For tests: an alert that fires, of rule `ring`, `link` or whatever else. */
export function testAlert(id: string, more: Partial<Omit<NotifyAlert, 'match'>> = {}): NotifyAlert {
  const alert = {
    ...{
      alert_id: id,
      rule: 'disk',
      unit: 'H49.01',
      unit_path: '/H49/H49.01/',
      severity: 4 as const,
      text: '',
      value: 1,
    },
    ...{ isResolved: false, onset_at: MORNING, fired_at: MORNING, state_at: MORNING, labels: {} },
    ...{ acknowledged: false, assignee: '', shelved_until: null, closed: false },
    ...more,
  };
  return { ...alert, match: matchLabels(alert, 'product') };
}

const route = (order: number, written: Partial<WrittenRoute>) =>
  RouteSchema.parse({
    ...{ name, order, receivers: ['a'], group_by: ['rule'] },
    ...{ group_wait: '10s', group_interval: '60s', repeat_interval: '10m' },
    ...written,
  });

/** For tests: critical alerts go to `a` and `b` (which is not told of ends) and escalate, the others to `a`, the least of them by day alone. */
export function testFiles(more: Partial<NotifyFiles> = {}): NotifyFiles {
  const app = (send_resolved: boolean) => ReceiverSchema.parse({ kind: 'app', name, send_resolved });
  return {
    routes: new Map([
      ['grave', route(1, { matchers: ['severity=critical'], receivers: ['a', 'b'], continue: true, escalation: 'up' })],
      ['rest', route(2, { receivers: ['a', 'c'], quiet: { severities: ['low'] } })],
    ]),
    receivers: new Map([
      ['a', app(true)],
      ['b', app(false)],
      ['c', app(true)],
      ['boss', app(true)],
    ]),
    inhibitions: new Map([
      ['ring', InhibitionSchema.parse({ name, source: ['rule=ring'], target: ['rule=~"link|ring"'], equal: ['unit'] })],
    ]),
    rosters: new Map(),
    escalations: new Map([
      ['up', EscalationSchema.parse({ name, levels: [{ name, after: '5m', receivers: ['boss'] }] })],
    ]),
    ...more,
  };
}

/** For tests: what a notifier is configured with. */
export function testConfig(files = testFiles()): NotifyConfig {
  const time = createWorkingTime(testProvince().calendar);
  const network = { centre: 'H49', rings: [], links: [], paths: [] };
  return { files, network, timeOf: () => time, escalationOf: () => undefined };
}

/** For tests: what was delivered. */
export interface Delivered {
  receiver: string;
  reason: string;
  firing: string[];
  resolved: string[];
}

/** For tests: alerts, the log of what was noted of them, and a notifier that can be started anew from both. */
export function testWorld(config: () => NotifyConfig) {
  const alerts = new Map<string, NotifyAlert>();
  const log: Note[] = [];
  const world = { alerts, log, now: MORNING, delivered: new Array<Delivered>(), refuses: false };
  const deliver = ({ receiver, reason, firing, resolved }: Notice): Promise<void> => {
    if (world.refuses) return Promise.reject(new Error('refused'));
    const ids = (list: readonly NotifyAlert[]) => list.map(({ alert_id }) => alert_id).sort();
    world.delivered.push({ receiver, reason, firing: ids(firing), resolved: ids(resolved) });
    return Promise.resolve();
  };
  const post = (events: readonly OwnEvent[]): Promise<number> => {
    for (const { subject, at, data } of events)
      log.push({
        ...{ alert_id: subject, at, receiver: String(data.receiver), reason: String(data.reason) },
        level: Number(data.level ?? 0),
      });
    return Promise.resolve(events.length);
  };
  const start = (): Notifier => {
    const marks: Marks = new Map();
    for (const note of log) fold(marks, note);
    const options = { now: () => world.now, config, post, deliver, failed: () => undefined };
    const notifier = createNotifier(marks, options);
    notifier.see([...alerts.values()]);
    return notifier;
  };
  return { ...world, world, start };
}
