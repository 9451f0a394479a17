import { HOURS_PER_DAY } from '../dossier/working-time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, shortDay, startOfDay } from './local-time.ts';
import type { Level, Procedure } from './behaviour.ts';
import { chooseOffice, type Office, type Province } from './province.ts';
import { choose, exponential, nameOf, stream, weigh, type Draw } from './random.ts';

/** What becomes of a dossier, before the calendar says when: cheap to draw, and enough to know how long it can last. */
export interface Draft {
  day: number;
  index: number;
  office: Office;
  procedure: Procedure;
  /** 1 desk, 2 online, 3 post. */
  channel: 1 | 2 | 3;
  end: 'returned' | 'rejected' | 'withdrawn';
  /** Working hours until it is done, interruptions not counted. */
  work_hours: number;
  pause?: { status: 5 | 6; after: number; days: number };
  is_named: boolean;
  /** No message of it comes later than so many days after its own day. */
  bound_days: number;
  draw: Draw;
}

/** A dossier handed on to a department. */
export interface Step {
  at: number;
  holder: string;
  status: 4 | 6;
}

/** The whole life of a dossier, instants in epoch ms on whole seconds. What lies ahead is already settled, though nobody knows. */
export interface Life extends Pick<Draft, 'day' | 'office' | 'procedure' | 'channel' | 'is_named'> {
  id: string;
  submitted_at: number | undefined;
  received_at: number | undefined;
  /** The promise; after a pause the new one. */
  due_at: number | undefined;
  /** The promise before the pause. */
  first_due_at: number | undefined;
  pause: { status: 5 | 6; at: number; resumed_at: number } | undefined;
  steps: readonly Step[];
  rejected_at: number | undefined;
  withdrawn_at: number | undefined;
  finished_at: number | undefined;
  returned_at: number | undefined;
  /** Drawn once for facts that need no instant: digitised, paid online, identity checked. */
  trait: number;
}

const LONGEST_OVERRUN_DAYS = 22;

// The small functions of this file stand outside the others: they run millions of times, and a closure made anew each time costs more
// than what it does.

/** Working days to at most so many calendar days: with Tết on the way, and the other holidays of a year on a long one. */
function calendarDays(working: number): number {
  return Math.ceil(working * 1.4) + (working > 20 ? 20 : 11);
}

function second(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

function after({ working }: Province, from: number, hours: number): number {
  return second(working.addHours(from, hours));
}

/** Draws what becomes of dossier number `index` of a day. */
export function draftDossier(province: Province, day: number, index: number): Draft {
  const habit = province.behaviour.dossiers;
  const draw = stream(province.seed, nameOf('dossier'), day, index);
  const isStuck = draw() < habit.stuck;
  const isOpen = province.working.spansOf(day).length > 0;
  const level = choose(isOpen ? province.levels : onlineLevels(province), draw());
  const office = chooseOffice(province, level, draw());
  const procedure = choose(office.procedures, draw());
  const channel = channelOf(province, level, isOpen, draw());
  const fate = draw();
  const rejected = channel === 2 ? habit.rejected : 0;
  const end = fate < rejected ? 'rejected' : fate < rejected + habit.withdrawn ? 'withdrawn' : 'returned';
  const work_hours = procedure.limit_days * HOURS_PER_DAY * paceOf(office, procedure, habit.early, isStuck, draw);
  const interruption = draw();
  const status: 5 | 6 | undefined =
    interruption < habit.supplement ? 5 : interruption < habit.supplement + habit.payment ? 6 : undefined;
  // what is done within hours is not interrupted
  const pause =
    status === undefined || procedure.limit_days < 2 || end !== 'returned'
      ? undefined
      : {
          status,
          after: 0.1 + 0.6 * draw(),
          days: status === 5 ? 1 + Math.min(11, exponential(draw, 4)) : 0.1 + draw(),
        };
  return {
    day,
    index,
    office,
    procedure,
    channel,
    end,
    work_hours,
    pause,
    is_named: draw() < habit.named,
    bound_days: calendarDays(work_hours / HOURS_PER_DAY + 4) + Math.ceil(pause?.days ?? 0),
    draw,
  };
}

const byOnline = new WeakMap<Province, ReturnType<typeof weigh<Level>>>();

/** On a day off only online filings come in, so levels weigh by those. */
function onlineLevels(province: Province): ReturnType<typeof weigh<Level>> {
  const known = byOnline.get(province);
  if (known) return known;
  const { levels } = province.behaviour.dossiers;
  const made = weigh(province.levels.items, (level) => levels[level].share * levels[level].online);
  byOnline.set(province, made);
  return made;
}

function channelOf({ behaviour }: Province, level: Level, isOpen: boolean, at: number): 1 | 2 | 3 {
  const { levels, off_day, post } = behaviour.dossiers;
  if (!isOpen) return 2;
  // what comes in on days off is online too, so a working day has somewhat less than its level's share
  const online = levels[level].online * (1 - 1.1 * off_day);
  return at < online ? 2 : at < online + post ? 3 : 1;
}

/** The part of the limit that the work takes: below 1 in time, above it late. */
function paceOf(office: Office, procedure: Procedure, early: number, isStuck: boolean, draw: Draw): number {
  const outcome = draw();
  const extent = draw();
  const late = Math.min(LONGEST_OVERRUN_DAYS, exponential(draw, office.overrun_days));
  if (isStuck) return 1 + (20 + 70 * extent) / procedure.limit_days;
  if (outcome < office.late) return 1 + Math.max(0.2, late) / procedure.limit_days;
  return outcome < office.late + early ? 0.2 + 0.7 * extent : 0.9 + 0.1 * extent;
}

/** Works out when everything happens in the life of a drafted dossier. */
export function liveDossier(province: Province, draft: Draft): Life {
  const { day, index, office, procedure, channel, is_named, draw } = draft;
  const filed = second(channel === 2 ? onlineInstant(province, day, draw) : deskInstant(province, day, draw));
  const life: Life = {
    id: `${office.unit.code}-${shortDay(day)}-${String(index + 1).padStart(4, '0')}`,
    day,
    office,
    procedure,
    channel,
    is_named,
    trait: draw(),
    submitted_at: channel === 2 ? filed : undefined,
    received_at: undefined,
    due_at: undefined,
    first_due_at: undefined,
    pause: undefined,
    steps: [],
    rejected_at: undefined,
    withdrawn_at: undefined,
    finished_at: undefined,
    returned_at: undefined,
  };
  if (isAutomatic(draft)) {
    finishAtOnce(province, draft, life, filed);
    return life;
  }
  const seen = channel === 2 ? after(province, filed, 0.05 + Math.min(7, exponential(draw, 1))) : filed;
  if (draft.end === 'rejected') life.rejected_at = seen;
  else accept(province, draft, life, seen);
  return life;
}

/** What is promised within a day and filed online is done by the system itself, at night and on days off too. */
function isAutomatic({ channel, procedure, end }: Draft): boolean {
  return channel === 2 && procedure.limit_days <= 1 && end === 'returned';
}

/** Accepted, finished and delivered by the system, some minutes after it was filed. */
function finishAtOnce(province: Province, { procedure, draw }: Draft, life: Life, filed: number): void {
  const received_at = second(filed + (0.5 + 2 * draw()) * MINUTE_MS);
  life.received_at = received_at;
  life.first_due_at = after(province, received_at, procedure.limit_days * HOURS_PER_DAY);
  life.due_at = life.first_due_at;
  life.finished_at = second(received_at + (4 + Math.min(40, exponential(draw, 12))) * MINUTE_MS);
  life.returned_at = second(life.finished_at + (0.2 + draw()) * MINUTE_MS);
}

/** From the acceptance on: the promise, the way through the departments, the end. */
function accept(province: Province, draft: Draft, life: Life, received_at: number): void {
  const limit = draft.procedure.limit_days * HOURS_PER_DAY;
  life.received_at = received_at;
  life.first_due_at = after(province, received_at, limit);
  life.due_at = life.first_due_at;
  if (draft.end === 'withdrawn') {
    const end = after(province, received_at, draft.work_hours * 0.5);
    life.withdrawn_at = end;
    life.steps = stepsOf(province, draft, received_at, undefined).filter((step) => step.at < end);
    return;
  }
  const done = draft.work_hours * (draft.pause?.after ?? 0);
  life.pause = pauseOf(province, draft, received_at);
  const resumed_at = life.pause?.resumed_at ?? received_at;
  // what was left of the promise when it was interrupted is left of it when it goes on
  if (life.pause) life.due_at = after(province, resumed_at, Math.max(0, limit - done));
  life.steps = stepsOf(province, draft, received_at, life.pause);
  life.finished_at = after(province, resumed_at, draft.work_hours - done);
  const collected = exponential(draft.draw, draft.procedure.limit_days < 1 ? 0.3 : 3);
  life.returned_at = after(province, life.finished_at, 0.1 + Math.min(24, collected));
}

function pauseOf(province: Province, draft: Draft, received_at: number): Life['pause'] {
  if (!draft.pause) return undefined;
  const at = after(province, received_at, draft.work_hours * draft.pause.after);
  return { status: draft.pause.status, at, resumed_at: after(province, at + draft.pause.days * DAY_MS, 0.2) };
}

/** The way through the departments, spread over the work; a payment that is asked for and made is told by steps too. */
function stepsOf(province: Province, draft: Draft, received_at: number, pause: Life['pause']): Step[] {
  const { holders } = draft.procedure;
  const done = draft.work_hours * (draft.pause?.after ?? 0);
  const steps: Step[] = [];
  for (const [n, holder] of holders.entries()) {
    const share = n === 0 ? Math.min(0.06, 0.4 / draft.work_hours) : n / holders.length;
    const hours = draft.work_hours * share;
    const isLater = pause !== undefined && hours > done;
    const at = isLater ? after(province, pause.resumed_at, hours - done) : after(province, received_at, hours);
    steps.push({ at, holder, status: 4 });
  }
  if (pause?.status !== 6) return steps;
  const holder = holders[0] ?? '';
  steps.push({ at: pause.at, holder, status: 6 }, { at: pause.resumed_at, holder, status: 4 });
  return steps.sort((a, b) => a.at - b.at);
}

/** When people come to a desk: by the curve of the working day, at working time only. */
function deskInstant({ working, behaviour }: Province, day: number, draw: Draw): number {
  const spans = working.spansOf(day);
  const open = spans.reduce((sum, span) => sum + span.to - span.from, 0);
  return working.addHours(startOfDay(day), (alongCurve(behaviour.dossiers.desk_curve, draw) * open) / HOUR_MS);
}

function onlineInstant({ behaviour }: Province, day: number, draw: Draw): number {
  return startOfDay(day) + alongCurve(behaviour.dossiers.online_curve, draw) * DAY_MS;
}

const curves = new WeakMap<readonly number[], ReturnType<typeof weigh<number>>>();

/** A place from 0 to below 1, as dense as the curve says. */
function alongCurve(curve: readonly number[], draw: Draw): number {
  let cells = curves.get(curve);
  if (!cells) curves.set(curve, (cells = weigh([...curve.keys()], (cell) => curve[cell] ?? 0)));
  return (choose(cells, draw()) + draw()) / curve.length;
}
