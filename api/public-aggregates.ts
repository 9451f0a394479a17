import type { Lens } from './lens.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Answer, Params, Question, Store } from './store.ts';

/**
 * Every question that is asked of the whole province whoever asks, with what of its answer may leave the server. This list is the whole of what a
 * session sees from outside its own subtree: whoever adds to it says why it may be public.
 */
export const PUBLIC_AGGREGATES = {
  // figures of the province as a whole, and the place that a unit has among its like: no name, code or figure of any other unit
  'routes.units.figures': 'counts of the province as a whole; own place among units of the same kind',
  // that rules are being evaluated: an instant, without the name of a unit, rule or alert (asked by live/pulses.ts)
  'live.evaluated': 'when the rules of alerts were last evaluated',
  // a source is silent in the whole province or not at all; told only of the sources that a session sees anyway (asked by live/pulses.ts)
  'live.silences': 'whether a source is beyond its own limit of silence',
} as const;

/** Asks a listed question under the lens of the whole province, now. Throws an Error for one that is not listed, and what the store throws. */
export async function askWholeProvince(
  store: Pick<Store, 'run'>,
  units: UnitIndex,
  question: Question,
  params: Params,
): Promise<Answer> {
  if (!(question.id in PUBLIC_AGGREGATES)) throw new Error(`${question.id} is not a public aggregate`);
  const whole: Lens = { scope: units.root.path, at: null, known_at: null };
  return store.run(question, params, whole);
}
