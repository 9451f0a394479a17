import { livesOf, type DossierWorld } from './dossier-feed.ts';
import type { Life } from './dossier-life.ts';
import { DAY_MS, HOUR_MS, localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import { before, type Feed, type Message } from './message.ts';
import { nameOf, stream } from './random.ts';

/** The desk asks after it has read the list of the morning. */
const ASKED_MS = 8 * HOUR_MS + 30 * MINUTE_MS;
/** A dossier that was filed longer ago is no news to anybody. */
const LOOK_BACK_DAYS = 60;
/** Fewer overdue dossiers are a matter for the telephone. */
const WORTH_ASKING = 3;
/** Every unit is asked on one day in so many. */
const TURN_DAYS = 3;
const ANSWER_WITHIN_DAYS = 2;
const ACTOR = 'truc-ban';
const SOURCE = 'don-doc';

/**
 * What the desk does about overdue dossiers on working mornings: each unit below the root with some of them is asked every few days. Most read it within the hour,
 * and some answer before the day ends.
 */
export function createChaseFeed(world: DossierWorld): Feed {
  return {
    *from(instant) {
      for (let day = localDay(instant); ; day += 1)
        for (const message of chasesOf(world, day)) if (message.at >= instant) yield message;
    },
  };
}

function chasesOf(world: DossierWorld, day: number): Message[] {
  const { province } = world;
  if (province.working.spansOf(day).length === 0) return [];
  const at = startOfDay(day) + ASKED_MS;
  const depth = province.root.path.split('/').length;
  const overdue = new Map<string, string[]>();
  for (const life of livesOf(world, day - LOOK_BACK_DAYS, day - 1, at)) {
    const path = life.office.unit.path.split('/').slice(0, depth).join('/');
    if (isOverdue(life, at)) overdue.set(path, [...(overdue.get(path) ?? []), life.id]);
  }
  return province.units
    .flatMap(({ path, code }) => {
      const dossier_ids = overdue.get(path.slice(0, -1)) ?? [];
      const isTurn = (day + nameOf(code)) % TURN_DAYS === 0;
      return isTurn && dossier_ids.length >= WORTH_ASKING ? chaseOf(province.seed, code, day, at, dossier_ids) : [];
    })
    .sort(before);
}

/** By the provincial rule, which compares days, and as far as its unit can know. */
function isOverdue({ due_at, pause, received_at, ...life }: Life, at: number): boolean {
  const ended = [life.rejected_at, life.withdrawn_at, life.finished_at, life.returned_at];
  if (received_at === undefined || received_at > at || ended.some((end) => end !== undefined && end <= at))
    return false;
  const isPaused = pause !== undefined && pause.at <= at && at < pause.resumed_at;
  return !isPaused && due_at !== undefined && localDay(due_at) < localDay(at);
}

function chaseOf(seed: number, code: string, day: number, at: number, dossier_ids: string[]): Message[] {
  const draw = stream(seed, nameOf('chase'), nameOf(code), day);
  const subject = `don-doc-${code}-${day}`;
  const told = (type: string, when: number, data: Record<string, string | string[]>): Message => ({
    at: when,
    entry: 'event',
    key: `${subject} ${type}`,
    text: JSON.stringify({
      ...{ specversion: '1.0', id: `${type}:${subject}`, source: SOURCE, type, subject, unit: code },
      ...{ time: new Date(when).toISOString(), data },
    }),
  });
  const sent = told('chase.sent', at, {
    ...{ actor: ACTOR, dossier_ids, text: 'Đề nghị giải quyết hoặc nêu lý do chậm và ngày trả kết quả' },
    deadline_at: new Date(at + ANSWER_WITHIN_DAYS * DAY_MS).toISOString(),
  });
  const read_at = at + Math.floor((5 + 70 * draw()) * MINUTE_MS);
  const read = told('chase.acknowledged', read_at, { actor: code });
  const answered = told('chase.answered', read_at + Math.floor((1 + 4 * draw()) * HOUR_MS), {
    ...{ actor: code, text: 'Đã phân công giải quyết trong ngày' },
  });
  if (draw() < 0.2) return [sent];
  return draw() < 0.6 ? [sent, read, answered] : [sent, read];
}
