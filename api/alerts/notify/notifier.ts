import type { OwnEvent, PostEvents } from '../../actions/event-poster.ts';
import { decide, type Known, type NotifyConfig } from './decide.ts';
import { backOff, refusedNotes, type Backing } from './delivery.ts';
import { fold, type Marks, type Note } from './marks.ts';
import { noteEvent } from './note-event.ts';
import type { Notice } from './notice.ts';
import type { NotifyAlert } from './notify-alert.ts';
import { placesOf } from './placed.ts';
import type { Silence } from './silence.ts';

/** What the notifier is made of. */
export interface NotifierOptions {
  now: () => number;
  config: () => NotifyConfig;
  post: PostEvents;
  /** Tells a receiver. Throws when it was not taken. */
  deliver: (notice: Notice) => Promise<void>;
  failed: (error: unknown, what: string) => void;
}

/** The notifier: what it knows, and what it does at each turn. */
export interface Notifier {
  known: Known;
  /** Takes the alerts that are open, and those that are over and were open before. */
  see: (alerts: readonly NotifyAlert[]) => void;
  silence: (silences: readonly Silence[]) => void;
  /** Decides, and begins deliveries; what was noted is stored beside. */
  turn: () => void;
  /** Returns when what was begun has ended. */
  idle: () => Promise<void>;
  /** Deliveries that are tried again, by group. */
  backing: ReadonlyMap<string, Backing>;
}

/** Most events of one request. */
const BATCH = 500;

/** Makes a notifier of what had been noted. What it holds besides can be lost at any time: the log says what was told, and what was not is told. */
export function createNotifier(marks: Marks, { now, config, post, deliver, failed }: NotifierOptions): Notifier {
  const alerts = new Map<string, NotifyAlert>();
  const last = new Map<string, number>();
  const known: Known & { silences: readonly Silence[] } = { alerts, marks, last, silences: [] };
  const backing = new Map<string, Backing>();
  const underWay = new Map<string, { notice: Notice; sent: Promise<void> }>();
  let events: OwnEvent[] = [];
  let stamped = 0;
  let flushing: Promise<void> | undefined;
  /** Notes are in order: no two turns have one instant. */
  const stamp = () => (stamped = Math.max(now(), stamped + 1));

  const keep = (notes: readonly Note[]) => {
    for (const note of notes) {
      const alert = alerts.get(note.alert_id);
      fold(marks, note);
      if (alert) events.push(noteEvent(note, alert));
    }
  };
  const flush = async (): Promise<void> => {
    while (events.length > 0) {
      const batch = events.slice(0, BATCH);
      await post(batch);
      events = events.slice(batch.length);
    }
  };
  const store = () =>
    (flushing ??= flush()
      .catch((error: unknown) => failed(error, 'what was notified could not be stored, it is tried again'))
      .finally(() => (flushing = undefined)));

  const refused = (notice: Notice, error: unknown) => {
    const at = stamp();
    const marked = notice.notes.map(({ alert_id, receiver }) => marks.get(alert_id)?.receivers.get(receiver));
    const since = Math.min(at, ...marked.map((mark) => (mark?.reason === 'retrying' ? mark.reason_at : at)));
    const give_up_after = config().files.receivers.get(notice.receiver)?.give_up_after ?? 0;
    const isGivenUp = at - since >= give_up_after;
    failed(error, isGivenUp ? 'a notice was given up' : 'a notice was refused, it is tried again');
    const isNews = (note: Note) => marks.get(note.alert_id)?.receivers.get(note.receiver)?.reason !== note.reason;
    keep(refusedNotes(notice, isGivenUp, at).filter((note) => isGivenUp || isNews(note)));
    if (isGivenUp) backing.delete(notice.key);
    else backing.set(notice.key, backOff(backing.get(notice.key), at));
  };
  const send = async (notice: Notice): Promise<void> => {
    try {
      await deliver(notice);
      backing.delete(notice.key);
      // told when it was taken: what was decided meanwhile is of before
      const at = stamp();
      keep(notice.notes.map((note) => ({ ...note, at })));
    } catch (error) {
      refused(notice, error);
    } finally {
      underWay.delete(notice.key);
      void store();
    }
  };

  /** What is over and settled everywhere is forgotten, but for when its groups were last told of. */
  const settle = () => {
    // what is being told is not settled: it will have been told
    const busy = new Set([...underWay.values()].flatMap(({ notice }) => notice.notes.map(({ alert_id }) => alert_id)));
    for (const alert of alerts.values()) {
      if (!alert.isResolved || busy.has(alert.alert_id)) continue;
      const receivers = marks.get(alert.alert_id)?.receivers;
      const places = placesOf(alert, config().files) ?? [];
      if (places.some(({ receiver }) => receivers?.get(receiver)?.told === 'firing')) continue;
      for (const { key, receiver } of places) {
        const told_at = receivers?.get(receiver)?.told_at ?? 0;
        if (told_at > 0) last.set(key, Math.max(last.get(key) ?? 0, told_at));
      }
      alerts.delete(alert.alert_id);
      marks.delete(alert.alert_id);
    }
  };

  return {
    known,
    backing,
    see: (seen) => {
      for (const alert of seen) if (!alert.isResolved || marks.has(alert.alert_id)) alerts.set(alert.alert_id, alert);
    },
    silence: (silences) => {
      known.silences = silences;
    },
    turn: () => {
      settle();
      const at = stamp();
      const { notices, notes } = decide(known, config(), at);
      keep(notes);
      for (const notice of notices)
        if (!underWay.has(notice.key) && (backing.get(notice.key)?.next_at ?? 0) <= at) {
          const entry = { notice, sent: Promise.resolve() };
          underWay.set(notice.key, entry);
          entry.sent = send(notice);
        }
      void store();
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ sent }) => sent));
      await store();
    },
  };
}
