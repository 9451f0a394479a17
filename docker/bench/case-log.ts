import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A case of a log as a dossier: when it was accepted and ended, and what it is compared by. Instants are epoch ms. */
export interface Case {
  accepted_at: number;
  /** Null: still open when the log ends. */
  ended_at: number | null;
  procedure: string;
  unit: string;
}

/** A log as dossiers, in order of acceptance, and the instant at which it ends. */
export interface CaseLog {
  cases: Case[];
  ends_at: number;
}

/** Activities that end a case, and those that take it out of the count: nothing was decided on it. */
const ENDS = new Set([
  'Payment',
  'Send for Credit Collection',
  'Receive Result Appeal from Prefecture',
  'FIN',
  'BILLED',
  'STORNO',
]);
const DISCARDS = new Set(['DELETE', 'REJECT']);

/** Columns that tell cases apart: what it is about, and who handles it. The first that a log has is used. */
const PROCEDURE = ['casetype', 'article'];
const UNIT = ['speciality', 'resource'];

const RowsSchema = z.array(z.record(z.string(), z.string()));

/** Reads a gzipped case log (`case_id`, `activity`, `timestamp`, and attributes on the first activity of a case). */
export function readCaseLog(file: string): CaseLog {
  const text: unknown = parse(gunzipSync(readFileSync(file)), { columns: true });
  const byCase = new Map<string, { at: number; row: Record<string, string> }[]>();
  let ends_at = 0;
  for (const row of RowsSchema.parse(text)) {
    const at = Date.parse(`${(row['timestamp'] ?? '').replace(' ', 'T').padEnd(11, 'T').padEnd(19, '00:00:00')}Z`);
    ends_at = Math.max(ends_at, at);
    const events = byCase.get(row['case_id'] ?? '') ?? [];
    events.push({ at, row });
    byCase.set(row['case_id'] ?? '', events);
  }
  const cases = [...byCase.values()].flatMap((events) => caseOf(events));
  return { cases: cases.sort((left, right) => left.accepted_at - right.accepted_at), ends_at };
}

function caseOf(events: { at: number; row: Record<string, string> }[]): Case[] {
  events.sort((left, right) => left.at - right.at);
  const [first] = events;
  if (!first || events.some(({ row }) => DISCARDS.has(row['activity'] ?? ''))) return [];
  const value = (names: readonly string[]) => first.row[names.find((name) => name in first.row) ?? ''] ?? '';
  const end = events.find(({ row }) => ENDS.has(row['activity'] ?? ''));
  return [{ accepted_at: first.at, ended_at: end?.at ?? null, procedure: value(PROCEDURE), unit: value(UNIT) }];
}
