import type { FastifyRequest } from 'fastify';
import { createWorkingTimes, type WorkingTime } from '#ingest/dossier/working-time.ts';
import type { Calendar } from '#ingest/schema/calendar.ts';
import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Lens } from '../../lens.ts';
import { remembered } from '../../remembered.ts';
import { sessionOf, unitInScope, UNKNOWN_UNIT, unknownUnit } from '../../session.ts';
import type { Params } from '../../store.ts';
import { lensOf } from '../lens-query.ts';
import { filterParams, type Filter } from './filter.ts';

/** What a request about dossiers looks at. */
export interface Place {
  units: UnitIndex;
  unit: PlacedUnit;
  lens: Lens;
  /** The instant looked at, and the present one; epoch ms. */
  at: number;
  now: number;
  /** Working time by unit path. */
  timeOf: (path: string) => WorkingTime;
}

/** Working times of a calendar: compiled once, since years of days are laid out. */
const timesOf = remembered((calendar: Calendar) => createWorkingTimes(calendar));

/** Where a request looks. Throws `IOC_UNIT_UNKNOWN` and `IOC_BAD_REQUEST`. */
export function placeOf(request: FastifyRequest, query: Pick<Filter, 'unit' | 'at' | 'known_at'>): Place {
  const app = request.server;
  const { units, calendar } = app.book.dashboards().province;
  const session = sessionOf(request);
  const unknown = query.unit === UNKNOWN_UNIT ? unknownUnit(session, units) : undefined;
  const unit = unknown ?? unitInScope(session, units, query.unit);
  const now = app.clock();
  const lens = lensOf(unit, query, now);
  return { units, unit, lens, at: lens.at ?? now, now, timeOf: timesOf(calendar) };
}

/** The values of filter.sql for a request. */
export function paramsOf(place: Place, filter: Filter): Params {
  const { units, unit, at, now, lens, timeOf } = place;
  const { handler } = filter;
  // who handles a dossier need not lie within the scope: a commune's dossier is decided at the department. A unit that is not there handles
  // nothing, as one that handles nothing here: the answer does not tell the two apart
  const path = handler === undefined || handler === 'none' ? undefined : (units.byCode(handler)?.path ?? '/-/');
  return { ...filterParams(filter, at, timeOf(unit.path), path), known: lens.known_at ?? now };
}
