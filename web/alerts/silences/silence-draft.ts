import type { Alert } from '#api/contract-alerts.ts';
import type { SilenceInfo, SilenceMatcher, SilenceRequest } from '#api/contract-silences.ts';
import { instantOf } from '../../desk/filters/date-range.ts';

/** A silence as it is being written. Times are local (`2026-11-21T16:30`); an empty `starts` is now. */
export interface SilenceDraft {
  kind: SilenceInfo['kind'];
  unit: string;
  matchers: SilenceMatcher[];
  starts: string;
  ends: string;
  note: string;
}

/** How labels are compared. */
export const MATCHER_OPS: readonly SilenceMatcher['op'][] = ['=', '!=', '=~', '!~'];
/** The labels that most alerts have; others may be written. */
export const LABEL_NAMES = ['rule', 'domain', 'severity', 'unit', 'ring', 'link', 'source', 'metric', 'subject'];

/** The matchers that are written to the end: what names no label says nothing yet. */
export function writtenMatchers({ matchers }: Pick<SilenceDraft, 'matchers'>): SilenceMatcher[] {
  return matchers
    .map(({ name, op, value }) => ({ name: name.trim(), op, value: value.trim() }))
    .filter(({ name, value }) => name !== '' && value !== '');
}

/** What is asked of the server; undefined while something is missing. */
export function requestOf(draft: SilenceDraft, zone: string): SilenceRequest | undefined {
  const matchers = writtenMatchers(draft);
  const [starts, ends] = [instantOf(draft.starts, zone), instantOf(draft.ends, zone)];
  const note = draft.note.trim();
  if (matchers.length === 0 || ends === undefined || note === '') return undefined;
  if (draft.starts !== '' && starts === undefined) return undefined;
  return {
    ...{ kind: draft.kind, matchers, note, ends_at: new Date(ends).toISOString() },
    ...(starts === undefined ? {} : { starts_at: new Date(starts).toISOString() }),
    ...(draft.unit === '' ? {} : { unit: draft.unit }),
  };
}

/** Where the covered alerts are asked for; undefined while nothing is written. */
export function coverUrl(draft: Pick<SilenceDraft, 'matchers' | 'unit'>): string | undefined {
  const matchers = writtenMatchers(draft);
  if (matchers.length === 0) return undefined;
  const query = new URLSearchParams({ matchers: JSON.stringify(matchers) });
  if (draft.unit !== '') query.set('unit', draft.unit);
  return `/api/silences/covered?${query.toString()}`;
}

/** What the names of an alert's own labels begin with in an address: they may be called as anything else there. */
const OWN_LABEL = 'label.';
/** What every alert is matched by, whatever labels of that name it has. */
const OF_ALL = ['rule', 'alertname', 'severity', 'unit', 'unit_path'];

/** The link to a silence of alerts like this one: of its rule and unit, with its own labels; another link or source of the unit is another alert. */
export function silenceQuery({ rule, unit, labels }: Pick<Alert, 'rule' | 'unit' | 'labels'>): Record<string, string> {
  const own = Object.entries(labels).filter(([name]) => !OF_ALL.includes(name));
  return { rule, unit, ...Object.fromEntries(own.map(([name, value]) => [OWN_LABEL + name, value])) };
}

/** The draft that a link asks for: `?rule=link-down&unit=H49.02&label.link=tslcd-H49.02.01`. */
export function draftOf(query: Readonly<Record<string, unknown>>, root: string): SilenceDraft {
  const asked = Object.entries(query).flatMap(([key, value]): SilenceMatcher[] => {
    const name = key.startsWith(OWN_LABEL) ? key.slice(OWN_LABEL.length) : key;
    const isLabel = name !== key || (key !== 'unit' && LABEL_NAMES.includes(key));
    return isLabel && typeof value === 'string' && value !== '' ? [{ name, op: '=', value }] : [];
  });
  return {
    kind: 'silence',
    unit: typeof query.unit === 'string' ? query.unit : root,
    matchers: asked.length > 0 ? asked : [{ name: 'rule', op: '=', value: '' }],
    ...{ starts: '', ends: '', note: '' },
  };
}

/** A silence to be set again: the same but for its times. */
export function againOf({ kind, unit, matchers, note }: SilenceInfo): SilenceDraft {
  return { kind, unit, matchers: matchers.map((matcher) => ({ ...matcher })), starts: '', ends: '', note };
}

/** A matcher as people read it: `rule = link-down`. */
export function matcherText({ name, op, value }: SilenceMatcher): string {
  return `${name} ${op} ${value}`;
}
