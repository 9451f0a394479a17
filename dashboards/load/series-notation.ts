/** What one evaluation finds of an instance: the value, null for a row without one, `gone` for no row, `failed` for a query that failed. */
export type Point = number | null | 'gone' | 'failed';

/** What an instance may be after an evaluation. */
export const TEST_STATES = ['normal', 'pending', 'firing', 'recovering', 'no_data', 'error'] as const;
export type TestState = (typeof TEST_STATES)[number];

/** What was read, or the first word that says nothing. */
export type Notation<T> = { values: T[] } | { wrong: string };

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Most evaluations of a test: a slip of the keyboard does not fill the memory. */
const MOST = 10_000;

/** Reads a series: `5 5x3 _ x2 null x` is 5 four times, no row twice, a row without a value, a query that failed. */
export function readSeries(text: string): Notation<Point> {
  return readWords(text, (word) => {
    if (NUMBER.test(word)) return Number(word);
    return word === 'null' ? null : word === '_' ? 'gone' : word === 'x' ? 'failed' : undefined;
  });
}

/** Reads states: `normal pending firing x3` is firing three times. */
export function readStates(text: string): Notation<TestState> {
  return readWords(text, (word) => TEST_STATES.find((state) => state === word));
}

function readWords<T>(text: string, read: (word: string) => T | undefined): Notation<T> {
  const values: T[] = [];
  for (const word of text
    .replaceAll(/(?<=\S)\s+(?=x\d)/g, '')
    .split(/\s+/)
    .filter((one) => one !== '')) {
    const [, one = word, times = '1'] = /^(.+?)x(\d+)$/.exec(word) ?? [];
    const value = read(one);
    if (value === undefined || values.length + Number(times) > MOST) return { wrong: word };
    for (let n = 0; n < Number(times); n++) values.push(value);
  }
  return { values };
}

/** Reads the name of an instance, `unit=H49.02,link=a`; empty for a rule without `by`. */
export function readInstance(text: string): Record<string, string> | undefined {
  const pairs = text === '' ? [] : text.split(',').map((pair) => /^\s*([a-z][a-z0-9_]*)=(.*?)\s*$/.exec(pair));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}
