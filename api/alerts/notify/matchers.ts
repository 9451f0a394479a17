import { anchored } from '#dashboards/schema/matcher.ts';
import type { Matcher } from '#ingest/schema/duty.ts';

/** Labels by name. One that is not there counts as empty. */
export type Labels = Readonly<Record<string, string>>;

/** Makes the test whether all matchers fit; without any, everything fits. Throws a SyntaxError for an expression that is none. */
export function compile(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map(({ name, op, value }) => {
    if (op === '=') return (labels: Labels) => (labels[name] ?? '') === value;
    if (op === '!=') return (labels: Labels) => (labels[name] ?? '') !== value;
    const expression = anchored(value);
    const wanted = op === '=~';
    return (labels: Labels) => expression.test(labels[name] ?? '') === wanted;
  });
  return (labels) => tests.every((test) => test(labels));
}
