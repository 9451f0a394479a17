import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EMPTY_CURVE, fateOf, forecastLate, withFate, type Curve } from '#ingest/dossier/forecast.ts';
import { sharedData } from '#ingest/shared-data.ts';
import type { Bench } from './bench.ts';
import { calibrate, type Calibration, type Judged } from './calibration.ts';
import { readCaseLog, type Case, type CaseLog } from './case-log.ts';
import { quantile } from './stats.ts';

/** Share of the cases, by acceptance, that promises are derived from and forecasts are learnt from; the others are forecast. */
const TRAINING = 0.6;
/** The logs hold no promise: the time in which this share of the training cases of a procedure had ended is taken for one. */
const PROMISED = 0.7;
/** A forecast is asked for after each of these shares of a case's time at which it is still open. */
const ASKED = [0.05, 0.25, 0.5, 0.75, 0.9];

interface Promised extends Case {
  due_at: number;
}
/** By group: all, a procedure, a procedure and a unit. */
type Curves = Map<string, Curve>;

/**
 * How far "will be late" can be trusted: on each shared case log, it is learnt from the earlier cases and put to the later ones. `base` says the rate of the
 * training cases every time. `as_known` learns like a running province: of every case, as soon as its promise has passed, and of none before.
 */
export async function benchForecast({ env, say }: Bench): Promise<object> {
  const folder = sharedData('dossiers', env['SHARED_DATA']);
  const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.csv.gz'));
  const logs = files.map((name) => measure(basename(name, '.csv.gz'), readCaseLog(join(folder ?? '', name)), say));
  return Promise.resolve({ logs });
}

function measure(name: string, log: CaseLog, say: Bench['say']): object {
  const { training, later } = promise(log);
  // of the others it is never seen whether they were late
  const tested = later.filter(({ due_at }) => due_at < log.ends_at);
  const curves: Curves = new Map();
  for (const one of training) learn(curves, one, log.ends_at);
  const learnt = calibrate(judge(tested, () => curves));
  const base_rate = lateShare(training.filter(({ due_at }) => due_at < log.ends_at));
  const base = calibrate(judge(tested, () => curves).map(({ isLate }) => ({ probability: base_rate, isLate })));
  const as_known = calibrate(judge(tested, knownAt([...training, ...later])));
  say(
    `${name}: learnt from ${training.length} cases, put to ${tested.length} later ones, of which ${percent(lateShare(tested))} were late; ` +
      `promise = time in which ${PROMISED * 100} % of the training cases of a procedure had ended; ` +
      `asked while still open after ${ASKED.map((share) => `${share * 100} %`).join(', ')} of it`,
  );
  for (const [label, result] of Object.entries({ learnt, as_known, base })) say(lineOf(label, result));
  for (const { forecasts, forecast, seen } of learnt.reliability)
    say(`    forecast ${percent(forecast)}  seen ${percent(seen)}  (${forecasts})`);
  return {
    name,
    trained: training.length,
    tested: tested.length,
    tested_late: short(lateShare(tested)),
    promise_quantile: PROMISED,
    forecasts: learnt.forecasts,
    brier: short(learnt.brier),
    base_brier: short(base.brier),
    skill: short(1 - learnt.brier / base.brier),
    expected_calibration_error: short(learnt.expected_calibration_error),
    as_known: {
      forecasts: as_known.forecasts,
      brier: short(as_known.brier),
      expected_calibration_error: short(as_known.expected_calibration_error),
    },
    reliability: learnt.reliability.map(({ forecasts, forecast, seen }) => ({
      forecasts,
      forecast: short(forecast),
      seen: short(seen),
    })),
  };
}

/** Splits a log, and gives every case a promise from what had become of the training cases; a procedure that hardly ever ends gets none. */
function promise({ cases }: CaseLog): { training: Promised[]; later: Promised[] } {
  const split = Math.floor(cases.length * TRAINING);
  const durations = new Map<string, number[]>();
  for (const { procedure, accepted_at, ended_at } of cases.slice(0, split)) {
    const group = durations.get(procedure) ?? [];
    group.push((ended_at ?? Number.POSITIVE_INFINITY) - accepted_at);
    durations.set(procedure, group);
  }
  const promised = new Map([...durations].map(([procedure, all]) => [procedure, quantile(all, PROMISED)]));
  const withPromise = (one: Case): Promised[] => {
    const duration = promised.get(one.procedure) ?? 0;
    return duration > 0 && Number.isFinite(duration) ? [{ ...one, due_at: one.accepted_at + duration }] : [];
  };
  return { training: cases.slice(0, split).flatMap(withPromise), later: cases.slice(split).flatMap(withPromise) };
}

/** Asks for forecasts of cases while they are open, in order of time, each with the curves of its instant. */
function judge(tested: readonly Promised[], curvesAt: (at: number) => Curves): Judged[] {
  const questions = tested
    .flatMap((one) =>
      ASKED.map((share) => ({ one, share, at: one.accepted_at + share * (one.due_at - one.accepted_at) })),
    )
    .filter(({ one, at }) => one.ended_at === null || one.ended_at > at)
    .sort((left, right) => left.at - right.at);
  return questions.flatMap(({ one, share, at }) => {
    const curves = curvesAt(at);
    const [all, procedure, procedure_unit] = groupsOf(one).map((group) => curves.get(group));
    const forecast = forecastLate(share, { all, procedure, procedure_unit });
    return forecast === null ? [] : [{ probability: forecast.probability, isLate: isLate(one) }];
  });
}

/** The curves of what was known at instants that never go back. */
function knownAt(cases: readonly Promised[]): (at: number) => Curves {
  const lessons = cases.toSorted((left, right) => left.due_at - right.due_at);
  const curves: Curves = new Map();
  let learnt = 0;
  return (at) => {
    for (let lesson = lessons[learnt]; lesson && lesson.due_at < at; lesson = lessons[learnt]) {
      learn(curves, lesson, at);
      learnt += 1;
    }
    return curves;
  };
}

function learn(curves: Curves, course: Promised, at: number): void {
  const fate = fateOf(course, at);
  if (fate === null) return;
  for (const group of groupsOf(course)) curves.set(group, withFate(curves.get(group) ?? EMPTY_CURVE, fate));
}

const isLate = ({ ended_at, due_at }: Promised): boolean => ended_at === null || ended_at > due_at;
const lateShare = (cases: readonly Promised[]): number => cases.filter(isLate).length / cases.length;

const groupsOf = ({ procedure, unit }: Case): string[] => ['', procedure, `${procedure}\0${unit}`];

const lineOf = (label: string, { brier, expected_calibration_error, forecasts, late }: Calibration): string =>
  `  ${label}: Brier ${brier.toFixed(4)}, calibration error ${percent(expected_calibration_error)}, ${forecasts} forecasts, ${percent(late)} late`;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const short = (value: number): number => Math.round(value * 10_000) / 10_000;
