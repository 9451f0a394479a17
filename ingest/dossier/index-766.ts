import { GROUPS_766, PARTS_766, type Group766Id, type Part766Id } from './index-766-parts.ts';

/** A count out of a whole: `part` of `whole` dossiers, procedures or petitions. */
export interface Ratio {
  part: number;
  whole: number;
}

/**
 * What the index is reckoned from; null (or absent) is "not known". Most parts have one ratio under their own id. Of 5.4 the ratio is that of dossiers
 * complained about: the overdue ones are those of 2.1.
 */
export type Figures766 = Partial<Record<Part766Id, Ratio | null>>;

/** A part as reckoned; null where a figure is missing or its whole is 0: missing is not zero. */
export interface Score766 {
  id: Part766Id;
  /** 0 to 1. */
  rate: number | null;
  /** 0 to `most`. */
  points: number | null;
  most: number;
}

/** A sum of parts: points of those that are known, out of `known` points; null where none is. */
export interface Sum766 {
  points: number | null;
  known: number;
  most: number;
}

/** The index: its parts, the sums of its groups, and the sum of all. */
export interface Index766 extends Sum766 {
  parts: Score766[];
  groups: (Sum766 & { id: Group766Id })[];
  grade: Grade766 | null;
}

/** Grades by points of 100, best first. */
export const GRADES_766 = ['excellent', 'good', 'fair', 'average', 'weak'] as const;
export type Grade766 = (typeof GRADES_766)[number];

const GRADE_FROM: readonly [Grade766, number][] = [
  ['excellent', 90],
  ['good', 80],
  ['fair', 70],
  ['average', 50],
];

/** The grade of a score out of 100: from 90 on excellent (Xuất sắc), 80 good, 70 fair, 50 average, below weak (Yếu). */
export function gradeOf(score: number): Grade766 {
  return GRADE_FROM.find(([, from]) => score >= from)?.[0] ?? 'weak';
}

/** Reckons the index. Parts without figures are left out of the sums, and the grade is that of the points that are known. Pure. */
export function reckon766(figures: Figures766): Index766 {
  const parts = PARTS_766.map(({ id, most, full_at }) => {
    const rate = rateOf(id, figures);
    return { id, rate, most, points: rate === null ? null : Math.min(1, rate / full_at) * most };
  });
  const groups = GROUPS_766.map(({ id }) => ({
    id,
    ...sum(parts.filter((_part, index) => PARTS_766[index]?.group === id)),
  }));
  const all = sum(parts);
  return { parts, groups, ...all, grade: all.points === null ? null : gradeOf((100 * all.points) / all.known) };
}

/**
 * The points that the index would have more if `more` of the dossiers that 2.1 counts as late were counted as kept, or (below 0) less if so
 * many that it counts as kept were late. Null while 2.1 is not known. It is the difference of two reckonings, so it holds what thresholds do.
 */
export function pointsOfKeeping(figures: Figures766, more: number): number | null {
  const kept = figures['2.1'];
  const now = reckon766(figures).points;
  if (!kept || kept.whole === 0 || now === null) return null;
  const part = Math.min(kept.whole, Math.max(0, kept.part + more));
  return (reckon766({ ...figures, '2.1': { ...kept, part } }).points ?? now) - now;
}

/** The rate of a part, 0 to 1, never more: a source that counts more parts than wholes has no better rate than full. */
function rateOf(id: Part766Id, figures: Figures766): number | null {
  const own = ratio(figures[id]);
  if (own === null) return null;
  // dossiers that the national portal has not heard of do not count as filed online there
  if (id === '3.3') return own * (ratio(figures['1.4']) ?? 1);
  if (id !== '5.4') return own;
  const kept = ratio(figures['2.1']);
  return kept === null ? null : Math.max(0, kept - own);
}

function ratio(figure: Ratio | null | undefined): number | null {
  return !figure || figure.whole <= 0 ? null : Math.min(1, Math.max(0, figure.part / figure.whole));
}

function sum(parts: readonly Score766[]): Sum766 {
  const known = parts.filter(({ points }) => points !== null);
  return {
    points: known.length === 0 ? null : known.reduce((total, { points }) => total + (points ?? 0), 0),
    known: known.reduce((total, { most }) => total + most, 0),
    most: parts.reduce((total, { most }) => total + most, 0),
  };
}
