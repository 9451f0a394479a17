import type { PlacedUnit } from '../schema/unit-index.ts';
import { rounded } from './link-life.ts';
import { slug } from './link-plan.ts';
import type { OfficeFile, ToldMeasure } from './office-file.ts';
import type { Province } from './province.ts';
import { around, nameOf, stream, type Draw } from './random.ts';

/** A measure as one unit, or one place there, tells it. */
export interface OfficeSeries {
  metric: string;
  subject: string;
  unit: PlacedUnit;
  place: string;
  value_unit: string;
  /** What it tells of a step; `draw` is the step's own. */
  value: (step: OfficeStep, draw: (metric: string) => Draw) => number;
}

/** How long a step is and how much of it was worked, hours; of a gauge, which is read at an instant, 1 and whether it was working time. */
export interface OfficeStep {
  hours: number;
  worked: number;
}

const COMMUNES: readonly string[] = ['xa', 'phuong', 'thi_tran', 'dac_khu'];

/** The units that a figure is told of. Where there are no districts, the communes have their work. */
export function unitsAt({ root, units }: Province, at: 'root' | readonly PlacedUnit['type'][]): PlacedUnit[] {
  if (at === 'root') return [root];
  const types: readonly string[] =
    at.includes('huyen') && !units.some(({ type }) => type === 'huyen') ? [...at, ...COMMUNES] : at;
  return units.filter(({ type }) => types.includes(type));
}

/** How much larger than the mean a unit or place is, for good: the same in all that a source tells. */
export function sizeOf({ seed }: Province, source: string, name: string, spread: number): number {
  return 1 + spread * (2 * stream(seed, nameOf(source), nameOf(name))() - 1);
}

/** All series of a kind that a file tells of a province. */
export function planOffice(province: Province, file: OfficeFile, kind: ToldMeasure['kind']): OfficeSeries[] {
  return Object.entries(file.measures).flatMap(([metric, measure]) =>
    measure.kind === kind
      ? unitsAt(province, measure.at).flatMap((unit) =>
          (measure.places ?? [undefined]).flatMap((place) => seriesOf(province, file, metric, unit, place) ?? []),
        )
      : [],
  );
}

/** Undefined where it is silent. */
function seriesOf(
  province: Province,
  file: OfficeFile,
  metric: string,
  unit: PlacedUnit,
  place: string | undefined,
): OfficeSeries | undefined {
  const measure = file.measures[metric];
  const value = measure && valueOf(province, file, metric, measure, unit, place);
  if (!value) return undefined;
  return {
    metric,
    unit,
    value,
    place: place ?? unit.short,
    subject: `${slug(metric)}-${unit.code}${place === undefined ? '' : `-${slug(place)}`}`,
    value_unit: measure.value_unit,
  };
}

function valueOf(
  province: Province,
  file: OfficeFile,
  metric: string,
  measure: ToldMeasure,
  unit: PlacedUnit,
  place: string | undefined,
): OfficeSeries['value'] | undefined {
  const factor = exceptionOf(measure, unit, place);
  if (factor === null) return undefined;
  const name = `${unit.code} ${place ?? ''}`;
  if (measure.of === undefined) {
    const size = factor * (measure.base ?? 0) * sizeOf(province, file.source, name, measure.spread);
    return (step, draw) => ownValue(measure, size, step, draw(metric));
  }
  const wholeMeasure = file.measures[measure.of];
  const of = measure.of;
  const whole = wholeMeasure && valueOf(province, file, of, wholeMeasure, unit, wholeMeasure.places && place);
  if (!whole) return undefined;
  const share = factor * shareOf(measure, sizeOf(province, `${file.source} ${metric}`, name, measure.spread) - 1);
  return (step, draw) => partOf(measure, share, whole(step, draw), draw(metric));
}

/** The exception of a place, of the unit, or of the nearest unit that it lies below. */
function exceptionOf({ except }: ToldMeasure, unit: PlacedUnit, place: string | undefined): number | null {
  const names = [place ?? '', ...unit.path.split('/').toReversed()].filter((name) => name !== '');
  const named = names.find((name) => except[name] !== undefined);
  const factor = named === undefined ? 1 : except[named];
  return factor === undefined ? 1 : factor;
}

/** A share of a whole differs by so much of what is smaller, it or its rest: it stays between 0 and 1, and its mean stays what is written. */
function shareOf({ share }: ToldMeasure, difference: number): number {
  return share > 1 ? share * (1 + difference) : share + difference * Math.min(share, 1 - share);
}

function ownValue(measure: ToldMeasure, size: number, { hours, worked }: OfficeStep, draw: Draw): number {
  const active = (1 - measure.busy) * hours + measure.busy * worked;
  return settled(measure, size * active * (1 + measure.noise * around(draw)), draw);
}

function partOf(measure: ToldMeasure, share: number, whole: number, draw: Draw): number {
  const wanted = share + Math.min(share, Math.abs(1 - share)) * measure.noise * around(draw);
  const value = settled(measure, whole * Math.max(0, wanted), draw);
  return measure.share > 1 ? value : Math.min(whole, value);
}

/** Of less than one a step, sometimes one is counted: what is rounded down always would never be seen. */
function settled({ kind, digits }: ToldMeasure, value: number, draw: Draw): number {
  const positive = Math.max(0, value);
  return kind === 'count' && digits === 0 ? Math.floor(positive + draw()) : rounded(positive, digits);
}
