import type { DossierDetail, DossierStep } from '#api/contract-dossiers.ts';

/** A reception this much later than the event is worth saying: it was not known meanwhile. */
const LATE_MS = 3_600_000;

/** A line of the timeline: an event, a promise that passes, or the instant that is looked at. */
export type TimelineItem =
  | { kind: 'event'; at: number; step: DossierStep; isPaused: boolean; late_ms: number | null; due_at: number | null }
  | { kind: 'due'; at: number; isPaused: boolean }
  | { kind: 'now'; at: number; isPaused: boolean };

/** Whether the clock rests right after an instant. */
function pausedAfter(at: number, pauses: DossierDetail['pauses']): boolean {
  return pauses.some((pause) => pause.from <= at && (pause.to === null || at < pause.to));
}

/**
 * The events of a dossier in the order that they happened, with its promise and the instant of looking where they fall between them.
 * `isPaused` says that the clock rests from this line on; `due_at` of an event is set where it changed the promise.
 */
export function timeline({ at, dossier, steps, pauses }: DossierDetail): TimelineItem[] {
  let promised: number | null = null;
  const items: TimelineItem[] = [...steps]
    .sort((one, other) => one.observed_at - other.observed_at || one.received_at - other.received_at)
    .map((step) => {
      const due_at = step.due_at !== null && step.due_at !== promised ? step.due_at : null;
      promised = step.due_at ?? promised;
      const late = step.received_at - step.observed_at;
      return {
        kind: 'event',
        at: step.observed_at,
        step,
        isPaused: pausedAfter(step.observed_at, pauses),
        late_ms: late >= LATE_MS ? late : null,
        due_at,
      };
    });
  const put = (kind: 'due' | 'now', instant: number): void => {
    const place = items.findIndex((item) => item.at > instant);
    items.splice(place === -1 ? items.length : place, 0, {
      kind,
      at: instant,
      isPaused: kind === 'due' && pausedAfter(instant, pauses),
    });
  };
  if (dossier.finished_at === null) put('now', at);
  if (dossier.due_at !== null) put('due', dossier.due_at);
  return items;
}

/** A stretch of the strip, in percent of its length. */
export interface Stretch {
  kind: 'ran' | 'paused' | 'late' | 'ahead';
  from: number;
  length: number;
}

/** The strip: a dossier's life from acceptance to its promise or to now, whichever is later. Percent. */
export interface Strip {
  stretches: Stretch[];
  due: number | null;
  own_due: number | null;
  now: number;
}

/** Draws the life of a dossier as stretches of one bar; null where it was not accepted. */
export function strip({ at, dossier, pauses, clock }: DossierDetail): Strip | null {
  const start = dossier.accepted_at;
  if (start === null) return null;
  const reached = Math.max(start, dossier.finished_at ?? at);
  const end = Math.max(reached, dossier.due_at ?? 0, clock.own_due_at ?? 0, start + 1);
  const place = (instant: number): number => (100 * (Math.min(end, Math.max(start, instant)) - start)) / (end - start);
  const stretch = (kind: Stretch['kind'], from: number, to: number): Stretch[] =>
    to > from ? [{ kind, from: place(from), length: place(to) - place(from) }] : [];
  const due = dossier.due_at;
  return {
    stretches: [
      ...stretch('ran', start, Math.min(reached, due ?? reached)),
      ...(due === null ? [] : stretch('late', Math.max(start, due), reached)),
      ...stretch('ahead', reached, end),
      ...pauses.flatMap((pause) => stretch('paused', pause.from, Math.min(pause.to ?? reached, reached))),
    ],
    due: due === null ? null : place(due),
    own_due: clock.own_due_at === null ? null : place(clock.own_due_at),
    now: place(reached),
  };
}
