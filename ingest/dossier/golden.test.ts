import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CalendarSchema } from '../schema/calendar.ts';
import { readClock } from './dossier-clock.ts';
import { dueAt, LimitSchema, type Limit } from './due.ts';
import type { FoldEvent } from './event-order.ts';
import { foldDossier } from './fold.ts';
import { OUTCOMES } from './outcome.ts';
import { RULE_IDS, RULE_SETS } from './rules.ts';
import { createWorkingTimes } from './working-time.ts';

const HOUR = 3_600_000;
const read = (name: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, 'golden', `${name}.yaml`), 'utf8'));
const timeOf = createWorkingTimes(CalendarSchema.parse(read('calendar')));
const unitTime = (unit = 'H49') => timeOf(pathOf(unit));

/** `H49.14.02` to `/H49/H49.14/H49.14.02/`. */
function pathOf(unit: string): string {
  const parts = unit.split('.');
  return `/${parts.map((_, index) => parts.slice(0, index + 1).join('.')).join('/')}/`;
}

/** `2026-03-02 08:00`, or `02 08:00` of March 2026, on Việt Nam's clock. */
function instant(text: string): number {
  const [day = '', clock = ''] = text.split(' ');
  return Date.parse(`${day.length === 2 ? `2026-03-${day}` : day}T${clock}:00+07:00`);
}
const shown = (at: number | null) =>
  at === null ? null : new Date(at + 7 * HOUR).toISOString().slice(0, 16).replace('T', ' ');

/** Working ms as `-3:30`. */
function worked(ms: number | null): string | null {
  if (ms === null) return null;
  const minutes = Math.abs(ms) / 60_000;
  return `${ms < 0 ? '-' : ''}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `3 working days`, `10 calendar days`, `4 hours`. */
function limitOf(text: string): Limit {
  const [amount, ...kind] = text.split(' ');
  return LimitSchema.parse({ kind: kind.join('_'), amount: Number(amount) });
}

let count = 0;
function event(at: number, status: number, due_at: number | null, source = 'vendor-a'): FoldEvent {
  count += 1;
  const matter = {
    procedure_code: '',
    procedure_name: '',
    field_code: '',
    field_name: '',
    channel: 1,
    applicant_kind: 1,
  };
  const place = { handler_path: '', handler: '', step_holder: '', simulated: 0 as const };
  return {
    event_key: String(count),
    observed_at: at,
    received_at: at + 500,
    status,
    due_at,
    source,
    ...matter,
    ...place,
  };
}

const group = <T extends z.ZodRawShape>(shape: T) =>
  z.array(z.strictObject({ rule: z.string(), unit: z.string().optional(), cases: z.array(z.strictObject(shape)) }));
const DueSchema = group({ received: z.string(), limit: z.string(), due: z.string() });
const WorkingSchema = group({ from: z.string(), to: z.string(), working: z.string() });
const PromiseSchema = group({
  unit: z.string().optional(),
  accepted: z.string(),
  limit: z.string().optional(),
  promised: z.string().optional(),
  pauses: z.array(z.string()).default([]),
  renewed: z.string().optional(),
  at: z.string().optional(),
  finished: z.string().optional(),
  own: z.string(),
  difference: z.string().nullable(),
  paused: z.string(),
  used: z.string(),
  left: z.string(),
});
const judgement = z.tuple([z.enum(OUTCOMES), z.boolean().nullable()]);
const RuleSchema = group({
  events: z.array(z.string()),
  at: z.string().optional(),
  limit: z.string().optional(),
  province: judgement,
  '766': judgement,
});

const due = DueSchema.parse(read('due'));
const working = WorkingSchema.parse(read('working'));
const promise = PromiseSchema.parse(read('promise'));
const rules = RuleSchema.parse(read('rules'));

describe('golden cases: due instants', () => {
  it.each(due)('$rule', ({ unit, cases }) => {
    for (const { received, limit, due: expected } of cases) {
      const got = dueAt(limitOf(limit), instant(received), unitTime(unit));
      expect(`${received} + ${limit} = ${shown(got) ?? ''}`).toBe(`${received} + ${limit} = ${expected}`);
    }
  });
});

describe('golden cases: working time', () => {
  it.each(working)('$rule', ({ unit, cases }) => {
    for (const { from, to, working: expected } of cases) {
      const got = worked(unitTime(unit).msBetween(instant(from), instant(to)));
      expect(`${from} to ${to}: ${got ?? ''}`).toBe(`${from} to ${to}: ${expected}`);
    }
  });
});

describe('golden cases: our own promise beside the source', () => {
  it.each(promise)('$rule', ({ cases }) => {
    for (const known of cases) {
      const events = [event(instant(known.accepted), 2, known.promised === undefined ? null : instant(known.promised))];
      const renewed = known.renewed === undefined ? null : instant(known.renewed);
      for (const [index, pause] of known.pauses.entries()) {
        const [from = '', to = ''] = pause.split(' → ');
        events.push(event(instant(from), 5, null));
        const isLast = index === known.pauses.length - 1;
        if (to !== '…') events.push(event(instant(to), 4, isLast ? renewed : null));
      }
      if (known.finished !== undefined) events.push(event(instant(known.finished), 9, null));
      const at = known.at === undefined ? instant(known.finished ?? '') + 30 * 24 * HOUR : instant(known.at);
      const terms = {
        time: unitTime(known.unit),
        limit: known.limit === undefined ? null : limitOf(known.limit),
      };
      const clock = readClock(foldDossier(events), at, terms);
      expect({
        case: known,
        own: shown(clock.own_due_at),
        difference: worked(clock.difference_working_ms),
        paused: worked(clock.paused_working_ms),
        used: worked(clock.used_working_ms),
        left: worked(clock.left_working_ms),
      }).toEqual({
        case: known,
        own: known.own,
        difference: known.difference,
        paused: known.paused,
        used: known.used,
        left: known.left,
      });
    }
  });
});

describe('golden cases: what a dossier counts as', () => {
  it.each(rules)('$rule', ({ cases }) => {
    for (const known of cases) {
      const events = known.events.map((text) => {
        const [said = '', promised] = text.split(' due ');
        const [day = '', clock = '', status = ''] = said.split(' ');
        const source = status === '8p' ? 'pausing' : 'vendor-a';
        return event(
          instant(`${day} ${clock}`),
          parseInt(status),
          promised === undefined ? null : instant(promised),
          source,
        );
      });
      const state = foldDossier(events, (source) => source === 'pausing');
      const terms = { time: unitTime(), limit: known.limit === undefined ? null : limitOf(known.limit) };
      for (const id of RULE_IDS) {
        const { outcome, on_time } = RULE_SETS[id].judge(state, instant(known.at ?? '31 08:00'), terms);
        expect({ events: known.events, at: known.at, [id]: [outcome, on_time] }).toEqual({
          events: known.events,
          at: known.at,
          [id]: known[id],
        });
      }
    }
  });
});

it('has three hundred golden cases or more', () => {
  const all = [...due, ...working, ...promise, ...rules].flatMap((one) => [...one.cases]);
  expect(all.length).toBeGreaterThanOrEqual(300);
});
