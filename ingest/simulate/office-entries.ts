import { rounded } from './link-life.ts';
import { DAY_MS, HOUR_MS, localDay, startOfDay, weekday } from './local-time.ts';
import { before, cloudEvent, type Feed, type Message } from './message.ts';
import type { OfficeFile, Stated, StatedPeriod } from './office-file.ts';
import { sizeOf, unitsAt } from './office-plan.ts';
import type { Province } from './province.ts';

/** People state figures in the morning. */
const STATED_AT_MS = 9 * HOUR_MS;
/** How far back the newest statement of a figure can lie, days. */
const LOOK_BACK = 370;
/** The day of the month on which the period before is stated. */
const MONTH_DAY = 5;
const QUARTER_DAY = 10;
const YEAR_DAY = 15;

/** A figure's period, and the day on which it is stated. */
interface Statement {
  day: number;
  period: string;
}

/** What people state as time goes by, the figures of periods that follow the present; nothing where no file has any. */
export function createStatedFeeds(province: Province, offices: readonly OfficeFile[]): Feed[] {
  // a feed that never says anything would be asked for its first message for ever
  const isMoving = offices.some(({ states }) =>
    states.some(({ periods, at }) => periods.some((period) => !isFixed(period)) && unitsAt(province, at).length > 0),
  );
  if (!isMoving) return [];
  const feed: Feed = {
    *from(instant) {
      for (let day = localDay(instant); ; day += 1) {
        const messages = entriesWhere(province, offices, (period) => movingOn(period, day));
        for (const message of messages) if (message.at >= instant) yield message;
      }
    },
  };
  return [feed];
}

/** All that stands at an instant: the newest statement of each figure. */
export function standingEntries(province: Province, offices: readonly OfficeFile[], at: number): Message[] {
  // what is stated today has been only after its hour
  const today = localDay(at - STATED_AT_MS);
  return entriesWhere(province, offices, (period) =>
    isFixed(period) ? { day: fixedDay(period, today), period } : newestMoving(period, today),
  );
}

function entriesWhere(
  province: Province,
  offices: readonly OfficeFile[],
  statementOf: (period: StatedPeriod) => Statement | undefined,
): Message[] {
  const all = offices.flatMap(({ source, states }) =>
    states.flatMap((stated) =>
      stated.periods.flatMap((period, n) => {
        const statement = statementOf(period);
        return statement ? entriesOf(province, source, stated, statement, stated.values[n] ?? 0) : [];
      }),
    ),
  );
  return all.sort(before);
}

function entriesOf(
  province: Province,
  source: string,
  stated: Stated,
  { day, period }: Statement,
  mean: number,
): Message[] {
  const { metric, spread, digits, except, actor, note } = stated;
  const at = startOfDay(day) + STATED_AT_MS;
  return unitsAt(province, stated.at).flatMap(({ code }) => {
    const own = except[code];
    if (own === null) return [];
    const value = own ?? rounded(mean * sizeOf(province, `${source} ${metric}`, code, spread), digits);
    const subject = `${metric} ${code} ${period}`;
    const data = { metric, period, value, actor, note };
    const text = cloudEvent({ source, type: 'entry.made', subject, unit: code, at, data });
    return [{ at, entry: 'event' as const, key: `${source} ${subject}`, text }];
  });
}

function isFixed(period: StatedPeriod): boolean {
  return /^\d/.test(period);
}

/** What is stated of a moving period on a day: the one that is running now and then, one that is over on its day. */
function movingOn(period: StatedPeriod, day: number): Statement | undefined {
  const { year, month, date } = dateOf(day);
  const quarter = Math.ceil(month / 3);
  switch (period) {
    case 'last_year':
      return month === 1 && date === YEAR_DAY ? { day, period: `${year - 1}` } : undefined;
    case 'last_quarter':
      if (month % 3 !== 1 || date !== QUARTER_DAY) return undefined;
      return { day, period: quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}` };
    case 'last_month':
      if (date !== MONTH_DAY) return undefined;
      return { day, period: month === 1 ? `${year - 1}-12` : monthText(year, month - 1) };
    case 'this_year':
      return date === 1 ? { day, period: `${year}` } : undefined;
    case 'this_month':
      return weekday(day) === 1 || date === 1 ? { day, period: monthText(year, month) } : undefined;
    default:
      return undefined;
  }
}

function newestMoving(period: StatedPeriod, today: number): Statement | undefined {
  for (let day = today; day > today - LOOK_BACK; day -= 1) {
    const statement = movingOn(period, day);
    if (statement) return statement;
  }
  return undefined;
}

/** A period that is over was stated two weeks after its end; a figure of one that is not, a target, two weeks after its beginning, or at the last new year. */
function fixedDay(period: string, today: number): number {
  const { year, month, date } = firstOf(period);
  const [years, months, days] = lengthOf(period);
  const ended = dayOf(year + years, month + months, date + days) + YEAR_DAY - 1;
  const begun = dayOf(year, month, date) + YEAR_DAY - 1;
  if (ended <= today) return ended;
  if (begun <= today) return begun;
  const newYear = dayOf(dateOf(today).year, 1, YEAR_DAY);
  return newYear <= today ? newYear : dayOf(dateOf(today).year - 1, 1, YEAR_DAY);
}

function firstOf(period: string): { year: number; month: number; date: number } {
  const [, half] = /-H(\d)/.exec(period) ?? [];
  const [, quarter] = /-Q(\d)/.exec(period) ?? [];
  const [, month, date] = /^\d{4}-(\d\d)(?:-(\d\d))?/.exec(period) ?? [];
  const first = half ? Number(half) * 6 - 5 : quarter ? Number(quarter) * 3 - 2 : Number(month ?? 1);
  return { year: Number(period.slice(0, 4)), month: first, date: Number(date ?? 1) };
}

/** Years, months and days that a period lasts. */
function lengthOf(period: string): readonly [number, number, number] {
  if (period.length === 4) return [1, 0, 0];
  if (period.length === 10) return [0, 0, 1];
  return [0, period.includes('H') ? 6 : period.includes('Q') ? 3 : 1, 0];
}

function dateOf(day: number): { year: number; month: number; date: number } {
  const instant = new Date(day * DAY_MS);
  return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1, date: instant.getUTCDate() };
}

function dayOf(year: number, month: number, date: number): number {
  return Math.floor(Date.UTC(year, month - 1, date) / DAY_MS);
}

function monthText(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
