import { draftDossier, liveDossier, type Life, type Step } from './dossier-life.ts';
import { dossierText, statusAt, stepText } from './dossier-text.ts';
import { createHeap } from './heap.ts';
import { DAY_MS, HOUR_MS, localDay } from './local-time.ts';
import type { Holds } from './holds.ts';
import type { Intake } from './intake.ts';
import type { Feed, Message } from './message.ts';
import type { Province } from './province.ts';

/** Something that the one-stop system tells about a dossier. */
interface Moment {
  at: number;
  life: Life;
  /** 0 for the first that is told of this dossier. */
  turn: number;
  step?: Step;
}

/** How many days back a dossier may have been filed that still has something to tell: longest limit, longest neglect. */
export const LOOK_BACK_DAYS = 230;
/** Statuses in which something is still to come. */
const OPEN = [1, 2, 4, 5, 6];
/** No message is held back for longer. */
const LONGEST_HOLD_MS = 14 * HOUR_MS;
/** Older steps are filled in only where they are the newest of an open dossier: they say who holds it. */
const STEPS_KEPT_MS = DAY_MS;

/** What the dossiers of a province need to live. */
export interface DossierWorld {
  province: Province;
  intake: Intake;
  holds: Holds;
}

/** Every record that is sent about a dossier, in order. */
export function momentsOf(life: Life): Moment[] {
  const moments: Moment[] = [];
  tell(moments, life, life.submitted_at);
  tell(moments, life, life.received_at);
  if (life.pause?.status === 5) {
    tell(moments, life, life.pause.at);
    tell(moments, life, life.pause.resumed_at);
  }
  tell(moments, life, life.rejected_at);
  tell(moments, life, life.withdrawn_at);
  tell(moments, life, life.finished_at);
  tell(moments, life, life.returned_at);
  for (const step of life.steps) tell(moments, life, step.at, step);
  moments.sort((a, b) => a.at - b.at);
  moments.forEach((moment, turn) => (moment.turn = turn));
  return moments;
}

function tell(moments: Moment[], life: Life, at: number | undefined, step?: Step): void {
  if (at !== undefined) moments.push({ at, life, turn: 0, step });
}

/** The lives of the dossiers filed on `[first, last]` that still have something to tell at or after `from`, the newest day first. */
export function* livesOf(
  { province, intake }: DossierWorld,
  first: number,
  last: number,
  from: number,
): Generator<Life> {
  const since = localDay(from);
  for (let day = last; day >= first; day -= 1) {
    const number = intake(day);
    for (let index = 0; index < number; index += 1) {
      const draft = draftDossier(province, day, index);
      if (day + draft.bound_days >= since) yield liveDossier(province, draft);
    }
  }
}

/** The life of all dossiers: the records that their systems send from an instant on. */
export function createDossierFeed(world: DossierWorld): Feed {
  return {
    *from(instant) {
      const early = instant - LONGEST_HOLD_MS;
      const pending = createHeap<Moment & { sent: number }>(
        (a, b) => a.sent - b.sent || (a.life.id < b.life.id ? -1 : a.life.id > b.life.id ? 1 : 0) || a.turn - b.turn,
      );
      const add = (life: Life) => {
        for (const moment of momentsOf(life)) if (moment.at >= early) pending.push({ ...moment, sent: moment.at });
      };
      let day = localDay(early);
      for (const life of livesOf(world, day - LOOK_BACK_DAYS, day, early)) add(life);
      for (;;) {
        const next = pending.peek();
        if (!next || localDay(next.sent) > day) {
          day += 1;
          for (const life of livesOf(world, day, day, early)) add(life);
          continue;
        }
        pending.pop();
        const release = world.holds.release(next.life.office.unit, next.sent);
        if (release > next.sent) pending.push({ ...next, sent: release });
        else if (next.sent >= instant) yield messageOf(next);
      }
    },
  };
}

function messageOf({ at, life, turn, step, sent }: Moment & { sent: number }): Message {
  const key = `${life.id}:${String(turn).padStart(2, '0')}`;
  if (step) return { at: sent, entry: 'step', key, text: stepText(life, step) };
  return { at: sent, entry: turn === 0 ? 'dossier_new' : 'dossier_changed', key, text: dossierText(life, at) };
}

/** What a filled-in dossier was sent as. */
export interface Filled {
  entry: Message['entry'];
  text: string;
}

/** Which part of the past is filled in: dossiers filed on the days `[first, last]` that had something to tell in `[from, to)`. */
export interface Past {
  first: number;
  last: number;
  from: number;
  to: number;
  /** Those to take, by whether they are still open and when they last told something. @default all */
  takes?: (isOpen: boolean, last_at: number) => boolean;
}

/**
 * The past, filled in dossier by dossier, the newest first: one record of its state at the end of the past, with the steps of the
 * last day, and the step that it has reached while it is open. A dossier of a unit that is cut off is told as it was when that began.
 */
export function* fillDossiers(world: DossierWorld, past: Past): Generator<Filled[]> {
  const { first, last, from, to, takes } = past;
  for (const life of livesOf(world, first, last, from - LONGEST_HOLD_MS)) {
    const asOf = world.holds.silentSince(life.office.unit, to) ?? to;
    // what a unit could not tell before is still to be told
    const since = world.holds.silentSince(life.office.unit, from) ?? from;
    const told = momentsOf(life).filter((moment) => moment.at < asOf);
    const start = told[0];
    const end = told.at(-1);
    if (!start || !end || end.at < since) continue;
    const isOpen = OPEN.includes(statusAt(life, asOf - 1));
    if (takes && !takes(isOpen, end.at)) continue;
    const steps = told.filter(({ step }) => step !== undefined);
    const holder = isOpen ? steps.at(-1) : undefined;
    yield [
      { entry: start.at < since ? 'dossier_changed' : 'dossier_new', text: dossierText(life, asOf - 1) },
      ...steps
        .filter((moment) => moment === holder || moment.at >= to - STEPS_KEPT_MS)
        .flatMap(({ step }): Filled[] => (step ? [{ entry: 'step', text: stepText(life, step) }] : [])),
    ];
  }
}
