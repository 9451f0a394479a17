import type { GrafanaVariable } from './dashboard.ts';
import { VIEWS } from './views.ts';

/** What becomes of a query: SQL that says nothing of the present but `{at}`, and what was changed; or why it cannot be taken. */
export type Rewritten = { sql: string; changes: string[] } | { refused: string };

/** A stretch of time before the instant looked at, and the step of what is drawn over it, in seconds. */
export interface Stretch {
  span_s: number;
  step_s: number;
}

const AT = `{at:DateTime64(3, 'Asia/Ho_Chi_Minh')}`;
const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};
const STEPS = [60, 300, 900, 3600, 21_600, 86_400];
/** Stands around the number of a text that is put aside: no SQL has it. */
const HELD = '\u0001';
const PLACE = new RegExp(`${HELD}(\\d+)${HELD}`, 'g');
/** About so many points are drawn. */
const POINTS = 100;

/** `now-6h` to `now`, or two instants. What is neither is taken for a day. */
export function stretchOf({ from, to }: { from: string; to: string }): Stretch {
  const ago = (text: string): number | undefined => {
    const [, count, unit = ''] = /^now(?:-(\d+)([smhdwMy]))?(?:\/[smhdwMy])?$/.exec(text) ?? [];
    if (/^now/.test(text)) return Number(count ?? 0) * (SECONDS[unit] ?? 0);
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : -at / 1000;
  };
  const [begin, end] = [ago(from), ago(to)];
  const span_s = begin === undefined || end === undefined || begin <= end ? 86_400 : Math.round(begin - end);
  return { span_s, step_s: STEPS.find((step) => span_s / step <= POINTS) ?? 86_400 };
}

/** Rewrites a query of the ClickHouse data source for our rules. */
export function rewriteSql(raw: string, stretch: Stretch, variables: readonly GrafanaVariable[]): Rewritten {
  const changes: string[] = [];
  // what stands in quotes is a value and stays as it is, but for variables in it
  const held: string[] = [];
  const bare = raw
    .replace(/(--[^\n]*|\/\*[^]*?\*\/)|'(?:[^'\\]|\\[^]|'')*'/g, (whole, comment?: string) => {
      if (comment !== undefined) return ' ';
      return whole.includes('$') ? whole : `${HELD}${held.push(whole) - 1}${HELD}`;
    })
    .trim()
    .replace(/;$/, '');
  const restored = (text: string) => text.replace(PLACE, (_, index: string) => held[Number(index)] ?? '');
  if (restored(bare) !== raw.trim()) changes.push('comments and the semicolon at the end are gone');
  if (/\b(SETTINGS|FORMAT)\b/i.test(bare)) return { refused: 'a SETTINGS or FORMAT clause, which could lift the lens' };
  let sql = macros(bare, stretch, changes);
  const filled = fill(sql, variables, changes);
  if ('refused' in filled) return filled;
  sql = withoutViews(filled.sql, changes).replace(
    /\b(now|now64)\s*\(\s*\d*\s*\)/gi,
    () => (changes.push('now() is the instant looked at'), AT),
  );
  sql = sql.replace(
    /\b(today)\s*\(\s*\)/gi,
    () => (changes.push('today() is the day of the instant looked at'), `toDate(${AT})`),
  );
  sql = sql.replace(
    /\b(?:live|history|log)\.(?=["`]?[a-z_]+)/g,
    () => (changes.push('the lens picks the database'), ''),
  );
  const left = /\$\w*[_{]?\w*/.exec(sql)?.[0];
  if (left !== undefined) return { refused: `${left} is a macro or variable that is not known here` };
  return { sql: restored(sql), changes: [...new Set(changes)] };
}

/** Asks what the views for other tools ask, in their place. */
function withoutViews(sql: string, changes: string[]): string {
  return sql.replace(/\bbi\.(\w+)/g, (whole, name: string) => {
    const view = VIEWS.get(name);
    if (view === undefined) return whole;
    changes.push(`${whole} is what that view asks`);
    return `(${view})`;
  });
}

function macros(sql: string, { span_s, step_s }: Stretch, changes: string[]): string {
  const from = `(${AT} - toIntervalSecond(${span_s}))`;
  const within = (column: string) => `(${column} >= ${from} AND ${column} <= ${AT})`;
  const calls: Readonly<Record<string, (...given: string[]) => string>> = {
    timeFilter: (column = '') => within(column),
    timeFilter_ms: (column = '') => within(column),
    dateFilter: (column = '') => `(${column} >= toDate(${from}) AND ${column} <= toDate(${AT}))`,
    dateTimeFilter: (day = '', time = '') =>
      `(${day} >= toDate(${from}) AND ${day} <= toDate(${AT})) AND ${within(time)}`,
    dt: (day = '', time = '') => `(${day} >= toDate(${from}) AND ${day} <= toDate(${AT})) AND ${within(time)}`,
    timeInterval: (column = '') => `toStartOfInterval(toDateTime(${column}), INTERVAL ${step_s} second)`,
    timeInterval_ms: (column = '') =>
      `toStartOfInterval(toDateTime64(${column}, 3), INTERVAL ${step_s * 1000} millisecond)`,
  };
  return sql
    .replace(/\$__(\w+)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g, (whole, name: string, given: string) => {
      const call = calls[name];
      if (!call) return whole;
      changes.push(
        `$__${name} is ${name.includes('Interval') ? `a step of ${step_s} s` : `the ${span_s} s before the instant looked at`}`,
      );
      return call(...given.split(',').map((part) => part.trim()));
    })
    .replace(/\$__(fromTime|toTime)(?:_ms)?\b/g, (_, name: string) => {
      changes.push(`$__${name} follows the instant looked at`);
      return name === 'fromTime' ? from : AT;
    })
    .replace(/\$(?:__interval_s\b|\{__interval_s\})/g, () => {
      changes.push(`$__interval_s is ${step_s}`);
      return String(step_s);
    });
}

/** Puts the present value of each variable in its place. What several values are chosen of becomes a list. */
function fill(
  sql: string,
  variables: readonly GrafanaVariable[],
  changes: string[],
): { sql: string } | { refused: string } {
  let refused: string | undefined;
  const filled = sql.replace(
    /('?)\$(?:\{(\w+)(?::\w+)?\}|(?!__)(\w+))\1/g,
    (whole, _quote: string, braced?: string, plain?: string) => {
      const name = braced ?? plain ?? '';
      const variable = variables.find((one) => one.name === name);
      if (!variable) return whole;
      const value = variable.current?.value;
      const values = Array.isArray(value) ? value : [value];
      if (values.some((one) => one === '$__all' || (typeof one !== 'string' && typeof one !== 'number'))) {
        refused = `the variable "${name}" stands for all values, or for none`;
        return whole;
      }
      changes.push(`the variable "${name}" is its value now: ${values.join(', ')}`);
      return values
        .map((one) => (/^-?\d+(\.\d+)?$/.test(String(one)) && whole[0] !== "'" ? String(one) : quoted(String(one))))
        .join(', ');
    },
  );
  return refused === undefined ? { sql: filled } : { refused };
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
