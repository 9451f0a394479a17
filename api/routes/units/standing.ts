import { z } from 'zod';
import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';
import type {
  StandingCause,
  StandingFigures,
  StandingMeasure,
  StandingRank,
  UnitStanding,
} from '../../contract-units.ts';
import type { Rows } from '../../contract.ts';
import { toRecords } from '../records.ts';

/** Communes, wards, towns and special zones are compared with one another; other kinds among themselves. */
const COMMUNES = new Set<PlacedUnit['type']>(['xa', 'phuong', 'thi_tran', 'dac_khu']);

/** What units are ranked by, and which way is better. */
const MEASURES = {
  on_time_share: 'high',
  overdue_share: 'low',
  early_share: 'high',
  median_ms: 'low',
} as const satisfies Record<StandingMeasure, 'high' | 'low'>;

const MOST_CAUSES = 5;
/** What is written with one decimal would be 0,0. */
const LEAST_POINTS = 0.05;

const count = z.number();
const FigureRowSchema = z.object({
  ...{ path: z.string(), open: count, overdue: count, ended: count, late: count, early: count },
  median_ms: z.number().nullable(),
});
const CauseRowSchema = z.object({
  kind: z.enum(['overdue_procedure', 'overdue_step', 'late_procedure']),
  ...{ key: z.string(), label: z.string(), of: count, bad: count },
});

/** The units that one is ranked among: those of its kind under its own parent, without itself. */
export function peersOf(unit: PlacedUnit, units: UnitIndex): PlacedUnit[] {
  const isLike = ({ type }: PlacedUnit) => (COMMUNES.has(unit.type) ? COMMUNES.has(type) : type === unit.type);
  return units.units.filter((one) => one.parent === unit.parent && one.code !== unit.code && isLike(one));
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);

/** The rows of figures.sql by path, '' for the whole scope. */
export function readFigures(answer: Rows): Map<string, StandingFigures> {
  return new Map(
    toRecords(answer).map((record) => {
      const { path, ...row } = FigureRowSchema.parse(record);
      const { open, overdue, ended, late, early } = row;
      const shares = {
        overdue_share: share(overdue, open),
        on_time_share: share(ended - late, ended),
        early_share: share(early, ended),
      };
      return [path, { ...row, ...shares }];
    }),
  );
}

/** The figures of a scope without any dossier. */
export const NO_FIGURES: StandingFigures = {
  ...{ open: 0, overdue: 0, ended: 0, late: 0, early: 0 },
  ...{ overdue_share: null, on_time_share: null, early_share: null, median_ms: null },
};

/** The place of `own` by each measure among `others`; null where it has no figure, or nobody else has one. */
export function ranksOf(own: StandingFigures, others: readonly StandingFigures[]): UnitStanding['ranks'] {
  const rank = (measure: StandingMeasure): StandingRank | null => {
    const mine = own[measure];
    const theirs = others.flatMap((other) => other[measure] ?? []);
    if (mine === null || theirs.length === 0) return null;
    const better = theirs.filter((value) => (MEASURES[measure] === 'high' ? value > mine : value < mine));
    return { place: better.length + 1, of: theirs.length + 1 };
  };
  return {
    on_time_share: rank('on_time_share'),
    overdue_share: rank('overdue_share'),
    early_share: rank('early_share'),
    median_ms: rank('median_ms'),
  };
}

/** Percentage points by which `bad` of `of` exceed what `reference` (percent) would make of them, in a whole of `all`. */
export function pointsOf({ of, bad }: { of: number; bad: number }, all: number, reference: number): number {
  return (100 * bad - of * reference) / all;
}

/** The rows of causes.sql, the worst of each kind; only what is worse than the province as a whole. */
export function readCauses(answer: Rows, own: StandingFigures, province: StandingFigures): UnitStanding['causes'] {
  const rows = toRecords(answer).map((record) => CauseRowSchema.parse(record));
  const worst = (kind: (typeof rows)[number]['kind'], all: number, reference: number | null): StandingCause[] =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ key, label, of, bad }) => ({ key, label, of, bad, points: pointsOf({ of, bad }, all, reference ?? 0) }))
      .filter(({ points }) => points >= LEAST_POINTS)
      .sort((one, other) => other.points - one.points || one.key.localeCompare(other.key))
      .slice(0, MOST_CAUSES);
  const late = province.on_time_share === null ? null : 100 - province.on_time_share;
  return {
    overdue_procedure: worst('overdue_procedure', own.open, province.overdue_share),
    overdue_step: worst('overdue_step', own.open, province.overdue_share),
    late_procedure: worst('late_procedure', own.ended, late),
  };
}
