import type { FastifyReply, FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Params, Question } from '../store.ts';
import { placeOf, type Place } from './dossiers/place.ts';
import { codesByPath } from './dossiers/rows.ts';
import type { SheetCell } from './dossiers/sheet.ts';
import type { LensQuery } from './lens-query.ts';
import { totalOf } from './list-query.ts';
import { toRecords } from './records.ts';
import { sendSheet } from './send-sheet.ts';

/** Every row of a list says what the values of the whole list add up to, where they do. */
const SumSchema = z.object({ sum: z.number().nullable().default(null) });

/** A list of records as it was answered. */
export interface List {
  /** The instant that it is of, epoch ms. */
  at: number;
  /** Length and sum of the whole list; null where nothing adds up. */
  count: number;
  sum: number | null;
  records: Record<string, unknown>[];
  /** The code of the unit at a path; empty when it is not in the tree. */
  codeOf: (unit_path: string) => string;
}

/** Asks a list under the lens of a request. Throws as `placeOf` and the store do. */
export async function askList(
  request: FastifyRequest,
  asked: LensQuery,
  query: Question,
  paramsOf: (place: Place) => Params,
): Promise<List> {
  const place = placeOf(request, asked);
  const { gate, store } = request.server;
  const answer = await gate.pass(() => store.run(query, paramsOf(place), place.lens));
  const records = toRecords(answer);
  const { sum } = SumSchema.parse(records[0] ?? {});
  const codes = codesByPath(place.units);
  return { at: answer.at, count: totalOf(records), sum, records, codeOf: (path) => codes.get(path) ?? '' };
}

/** A record as it is told: its unit by code, and when it was seen by the name that events have for that. */
export function told<Row extends { unit_path: string; seen_at: number }>(
  { unit_path, seen_at, ...row }: Row,
  codeOf: List['codeOf'],
): Omit<Row, 'unit_path' | 'seen_at'> & { unit: string; observed_at: number } {
  return { ...row, unit: codeOf(unit_path), observed_at: seen_at };
}

/** A list as a file. */
export interface ListFile {
  query: Question;
  paramsOf: (place: Place) => Params;
  /** Its name, before the unit's code; the sheet's name, and the heads of its columns. */
  file: string;
  name: string;
  heads: string[];
  /** The cells of a record, by the names of units and the local times of instants (epoch ms). */
  cells: (
    record: Record<string, unknown>,
    read: { nameOf: (unit_path: string) => string; timeOf: (at: number) => Date },
  ) => SheetCell[];
}

/** Sends a list as CSV while it is read: it is longer than what is answered at once. */
export function sendList(request: FastifyRequest, reply: FastifyReply, asked: LensQuery, list: ListFile): FastifyReply {
  const { query, paramsOf, file, name, heads, cells } = list;
  const place = placeOf(request, asked);
  const { store, book } = request.server;
  request.acted = { target: 'csv', unit: place.unit.code };
  const { zone } = book.dashboards().province.calendar;
  const names = new Map(place.units.units.map((unit) => [unit.path, unit.name]));
  const read = {
    nameOf: (path: string) => names.get(path) ?? path,
    timeOf: (at: number) => new Date(at + DateTime.fromMillis(at, { zone }).offset * 60_000),
  };
  const columns = Object.keys(query.rows);
  const parts = store.stream(query, paramsOf(place), place.lens);
  const lines = async function* () {
    for await (const rows of parts) for (const record of toRecords({ columns, rows })) yield cells(record, read);
  };
  return sendSheet(reply, 'csv', `${file}-${place.unit.code}`, { name, heads: [heads], rows: lines() });
}
