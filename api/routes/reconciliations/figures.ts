import { z } from 'zod';
import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';
import type { ReconciliationFigure } from '../../contract-reconciliation.ts';
import type { Rows } from '../../contract.ts';
import { toRecords } from '../records.ts';

const StatedSchema = z.object({
  unit_path: z.string(),
  metric: z.string(),
  value: z.number(),
  entered_by: z.string(),
  source: z.string(),
  note: z.string(),
  entered_at: z.number(),
});

/** Finds the figure of a metric and a unit: as it was stated, or one that is missing. */
export type FindFigure = (metric: string, unit: PlacedUnit) => ReconciliationFigure;

/** The figures of stated.sql. */
export function readStated(answer: Rows): FindFigure {
  const rows = toRecords(answer).map((record) => StatedSchema.parse(record));
  const byKey = new Map(rows.map((row) => [`${row.unit_path}${row.metric}`, row]));
  return (metric, { path, code }) => {
    const row = byKey.get(`${path}${metric}`);
    if (!row) return { metric, unit: code, value: null, by: '', source: '', at: null, note: '' };
    const { value, entered_by, source, entered_at, note } = row;
    return { metric, unit: code, value, by: entered_by, source, at: entered_at, note };
  };
}

/** The units right below one, those of today. */
export function unitsBelow(units: UnitIndex, { code }: PlacedUnit): PlacedUnit[] {
  return units.units.filter((unit) => unit.parent === code);
}
