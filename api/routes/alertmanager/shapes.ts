import { z } from 'zod';
import { readMatcher } from '#dashboards/schema/matcher.ts';
import type { Matcher } from '#ingest/schema/duty.ts';
import type { Known, NotifyConfig } from '../../alerts/notify/decide.ts';
import { inhibitors } from '../../alerts/notify/inhibit.ts';
import type { NotifyAlert } from '../../alerts/notify/notify-alert.ts';
import { placesOf } from '../../alerts/notify/placed.ts';
import { isAbout, isActive } from '../../alerts/notify/silence.ts';
import type { SilenceInfo } from '../../contract-silences.ts';
import { IocError } from '../../errors.ts';

const iso = (at: number) => new Date(at).toISOString();

/** A matcher as Alertmanager's API says it. */
export const AmMatcherSchema = z.object({
  name: z.string().min(1).max(128),
  value: z.string().max(512),
  isRegex: z.boolean(),
  isEqual: z.boolean().default(true),
});

/** A silence as it is posted. */
export const PostableSilenceSchema = z.object({
  id: z.string().max(128).optional(),
  matchers: z.array(AmMatcherSchema).min(1).max(50),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  createdBy: z.string().max(128),
  comment: z.string().max(4_000),
});

/** Our matcher of Alertmanager's. */
export function matcherOf({ name, value, isRegex, isEqual }: z.output<typeof AmMatcherSchema>): Matcher {
  if (isRegex) return { name, value, op: isEqual ? '=~' : '!~' };
  return { name, value, op: isEqual ? '=' : '!=' };
}

/** Matchers of a query, `filter=severity="critical"`. Throws `IOC_BAD_REQUEST`. */
export function filtersOf(filter: string | string[] | undefined): Matcher[] {
  return [filter ?? []].flat().map((text) => {
    const matcher = readMatcher(text);
    if (!matcher) throw new IocError('IOC_BAD_REQUEST', `${text} is no matcher`);
    return matcher;
  });
}

/** A silence as Alertmanager says it. */
export function amSilence({
  silence_id,
  matchers,
  starts_at,
  ends_at,
  ended_at,
  set_at,
  set_by,
  note,
  state,
}: SilenceInfo) {
  return {
    id: silence_id,
    status: { state },
    matchers: matchers.map(({ name, value, op }) => ({
      ...{ name, value, isRegex: op === '=~' || op === '!~', isEqual: op === '=' || op === '=~' },
    })),
    ...{ startsAt: iso(starts_at), endsAt: iso(ended_at ?? ends_at), updatedAt: iso(ended_at ?? set_at) },
    ...{ createdBy: set_by, comment: note },
  };
}

/** An alert as Alertmanager says it. */
export interface AmAlert {
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  updatedAt: string;
  fingerprint: string;
  generatorURL: string;
  receivers: { name: string }[];
  status: { state: 'active' | 'suppressed'; silencedBy: string[]; inhibitedBy: string[]; mutedBy: string[] };
  labels: Record<string, string>;
}

/** Makes the writer of alerts, by what is known of all of them. */
export function amAlerts(
  { alerts, silences }: Pick<Known, 'alerts' | 'silences'>,
  config: NotifyConfig,
  ends: ReadonlyMap<string, number>,
  now: number,
): (alert: NotifyAlert) => AmAlert {
  const isInhibited = inhibitors(alerts.values(), config.files.inhibitions.values(), config.network);
  return (alert): AmAlert => {
    const { alert_id, fired_at, state_at, text, labels } = alert;
    // what only files of ours match by is left out
    const match = Object.entries(alert.match).filter(([name]) => name !== 'rule' && name !== 'unit_path');
    const silencedBy = silences.filter((one) => isActive(one, now) && isAbout(one, alert)).map((one) => one.silence_id);
    // who inhibits is not told by id: it is the rule of the file that does
    const inhibitedBy = isInhibited(alert) ? ['inhibitions'] : [];
    const isSuppressed = silencedBy.length > 0 || inhibitedBy.length > 0;
    const annotations: Record<string, string> = text === '' ? {} : { summary: text };
    return {
      annotations,
      ...{ startsAt: iso(fired_at), updatedAt: iso(state_at), endsAt: iso(ends.get(alert_id) ?? now + 300_000) },
      ...{ fingerprint: alert_id, generatorURL: '' },
      receivers: (placesOf(alert, config.files) ?? []).map(({ receiver }) => ({ name: receiver })),
      status: { state: isSuppressed ? 'suppressed' : 'active', silencedBy, inhibitedBy, mutedBy: [] },
      labels: { ...Object.fromEntries(match), ...labels },
    };
  };
}
