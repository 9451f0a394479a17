import type { NotifyFiles } from '#dashboards/schema/notify.ts';
import type { Network } from '#dashboards/topology/network.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import { escalations } from './escalate.ts';
import { decideGroup, type Member } from './group.ts';
import { heldBy, isQuiet, type Holding } from './held.ts';
import { inhibitors } from './inhibit.ts';
import type { Marks, Note } from './marks.ts';
import type { Notice } from './notice.ts';
import type { NotifyAlert } from './notify-alert.ts';
import { placesOf, type Place } from './placed.ts';
import type { Silence } from './silence.ts';

/** What the notifier decides by. */
export interface Known {
  alerts: ReadonlyMap<string, NotifyAlert>;
  marks: Marks;
  /** When each group was last told of, by key: of members that are over and left. */
  last: ReadonlyMap<string, number>;
  silences: readonly Silence[];
}

/** What it is told by files. */
export interface NotifyConfig {
  files: NotifyFiles;
  network: Network;
  timeOf: (unit_path: string) => WorkingTime;
  /** The escalation that a rule names. */
  escalationOf: (rule: string) => string | undefined;
}

/** What has to be said now, and why what is not said is not. */
export interface Decision {
  notices: Notice[];
  /** Reasons that changed; those of notices come with them. */
  notes: Note[];
}

/** The receiver of a note which says that no route fits. */
const NOBODY = '';

/**
 * Decides, at `now` (epoch ms), who is told of what. Pure: whoever calls it folds the notes and, once delivered, those of the notices into the marks. What comes out depends on what is
 * known and on nothing that a restart loses.
 */
export function decide(known: Known, config: NotifyConfig, now: number): Decision {
  const holding: Holding = {
    now,
    silences: known.silences,
    isInhibited: inhibitors(known.alerts.values(), config.files.inhibitions.values(), config.network),
    timeOf: config.timeOf,
  };
  const notes: Note[] = [];
  const groups = new Map<string, { place: Place; members: Member[] }>();
  const held = new Map<string, string | undefined>();
  for (const alert of known.alerts.values()) {
    const marks = known.marks.get(alert.alert_id);
    const why = heldBy(alert, holding);
    held.set(alert.alert_id, why);
    const places = placesOf(alert, config.files);
    if (!places) {
      const isNews = !alert.isResolved && marks?.receivers.get(NOBODY)?.reason !== 'no_route';
      if (isNews) notes.push({ alert_id: alert.alert_id, receiver: NOBODY, reason: 'no_route', level: 0, at: now });
      continue;
    }
    for (const place of places) {
      const mark = marks?.receivers.get(place.receiver);
      const group = groups.get(place.key) ?? { place, members: [] };
      groups.set(place.key, group);
      const quiet = why === undefined && isQuiet(alert, place.route, holding) ? 'quiet_hours' : undefined;
      group.members.push({ alert, mark, held: why ?? quiet });
    }
  }
  const notices: Notice[] = [];
  for (const { place, members } of groups.values()) {
    const receiver = config.files.receivers.get(place.receiver);
    const decided = decideGroup(place, members, {
      now,
      last: known.last.get(place.key),
      send_resolved: receiver?.send_resolved ?? true,
    });
    notes.push(...decided.notes);
    if (decided.notice) notices.push(decided.notice);
  }
  notices.push(...escalations(known, config, (id) => held.get(id), now));
  return { notices, notes };
}
