import type { Entry } from './message.ts';

/** How far the preload is. */
export interface Report {
  dossiers: number;
  events: number;
  /** Records of all kinds in a second since the beginning. */
  per_second: number;
  /** Seconds until the expected dossiers are stored; undefined while that cannot be told. */
  eta_s: number | undefined;
}

/** Counts what is stored, and tells it every few seconds. */
export interface Progress {
  count: (entry: Entry, stored: number) => void;
  report: () => Report;
}

/** Time between two reports, ms. */
const EVERY_MS = 2000;

/** Starts counting. `expected` is the number of dossiers that will come, as far as it is known. */
export function createProgress(
  expected: number,
  tell: (report: Report) => void,
  now: () => number = () => performance.now(),
): Progress {
  const began = now();
  let told = began;
  let dossiers = 0;
  let events = 0;
  const report = (): Report => {
    const seconds = Math.max(0.001, (now() - began) / 1000);
    const left = expected - dossiers;
    return {
      dossiers,
      events,
      per_second: Math.round((dossiers + events) / seconds),
      eta_s: dossiers === 0 || left <= 0 ? undefined : Math.ceil((left * seconds) / dossiers),
    };
  };
  return {
    count(entry, stored) {
      if (entry === 'dossier_new' || entry === 'dossier_changed') dossiers += stored;
      else events += stored;
      if (now() - told < EVERY_MS) return;
      told = now();
      tell(report());
    },
    report,
  };
}

/** A report as one line. */
export function lineOf({ dossiers, events, per_second, eta_s }: Report): string {
  const number = (value: number) => value.toLocaleString('en-US');
  const eta = eta_s === undefined ? '' : `, about ${number(eta_s)} s left`;
  return `${number(dossiers)} dossiers and ${number(events)} other records stored, ${number(per_second)}/s${eta}`;
}
