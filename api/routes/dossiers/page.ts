import type { FastifyInstance } from 'fastify';
import type { DossierPage, DossierSort } from '../../contract-dossiers.ts';
import { readCursor } from './cursor.ts';
import type { Filter } from './filter.ts';
import { paramsOf, type Place } from './place.ts';
import { listedQuery, listQuery, marksQuery, SORTS, type DossierQuery } from './queries.ts';
import { querySet } from './query-set.ts';
import { readKeys, readListed, type DossierKey } from './rows.ts';

/** Which part of a list is asked for. */
export interface PageOf {
  sort: DossierSort;
  descending: 0 | 1;
  /** Most rows. */
  limit: number;
  /** `next` of the page before. */
  after?: string;
}

/** Longest text of keys in one question, as it travels: a server takes a parameter of at most 128 KiB. */
const LONGEST_KEYS = 90_000;

/**
 * Gives a page of the dossiers that a filter leaves: first which they are, told by the columns that narrow and order, then what is said
 * of these few. A list of millions costs no more than its narrow columns.
 */
export function dossierPages(
  app: FastifyInstance,
): (place: Place, filter: Filter, page: PageOf) => Promise<DossierPage> {
  const listed = listedQuery();
  const marks = marksQuery();
  const lists = [false, true].map(
    (isMarked) => new Map<DossierSort, DossierQuery>(SORTS.map((sort) => [sort, listQuery(sort, isMarked)])),
  );
  const countOf = async (list: DossierQuery, filter: Filter, place: Place) => {
    const params = { ...paramsOf(place, filter), page: 1 };
    const answer = await app.gate.pass(() => app.store.run(querySet(list, filter, place), params, place.lens));
    return readKeys(answer).count;
  };
  return async (place, filter, { sort, descending, limit, after }) => {
    const isMarked = filter.apology !== undefined || filter.chased !== undefined;
    const list = lists[Number(isMarked)]?.get(sort) ?? listQuery(sort, isMarked);
    const from = after === undefined ? undefined : readCursor(after);
    const params = paramsOf(place, filter);
    const answer = await app.gate.pass(() =>
      app.store.run(
        querySet(list, filter, place),
        {
          ...params,
          descending,
          // one more tells whether there is a next page
          page: limit + 1,
          ...(from && {
            ...{ after_rank: from.rank, after_text: from.text },
            ...{ after_unit: from.unit_path, after_id: from.id },
          }),
        },
        place.lens,
      ),
    );
    const { keys, count, next } = readKeys(answer, limit);
    const said = [];
    for (const part of inParts(keys)) {
      const question = querySet(listed, filter, place);
      const [rows, about] = await app.gate.pass(() =>
        Promise.all([
          app.store.run(question, { ...params, ...keysParams(part) }, place.lens),
          app.store.run(marks, { keys: keysParams(part).keys }, place.lens),
        ]),
      );
      said.push({ listed: rows, marks: about });
    }
    const rows = readListed(said, keys, place.units);
    // no row of a page past the end could say how many there are
    const total = keys.length > 0 || from === undefined ? count : await countOf(list, filter, place);
    return { at: answer.at, rule: filter.rule, count: total, rows, next };
  };
}

/** The parameters of listed.sql that name these dossiers. */
export function keysParams(keys: readonly DossierKey[]): { keys: string; days: string } {
  return {
    keys: JSON.stringify(keys.map(({ unit_path, dossier_id }) => [unit_path, dossier_id])),
    days: JSON.stringify([...new Set(keys.map(({ opened_on }) => opened_on))]),
  };
}

/** Parts that are short enough to travel, however long the numbers are that a source gave its dossiers. */
function inParts(keys: readonly DossierKey[]): DossierKey[][] {
  const parts: DossierKey[][] = [];
  let room = 0;
  for (const key of keys) {
    const length = encodeURIComponent(JSON.stringify([key.unit_path, key.dossier_id])).length + 3;
    if (length > room) {
      parts.push([]);
      room = LONGEST_KEYS;
    }
    parts.at(-1)?.push(key);
    room -= length;
  }
  return parts;
}
