import fc from 'fast-check';
import { z } from 'zod';
import { EACH, idsOf, mark, MARKED, namedOf } from './test-marked-rows.ts';

/** For tests: a request as somebody curious would make it. */
export interface Asked {
  /** The route as it is documented: `/api/dossiers/{id}`. */
  route: string;
  url: string;
}

const DocumentSchema = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({
          parameters: z
            .array(
              z.object({
                in: z.string(),
                name: z.string(),
                required: z.boolean(),
                schema: z.object({ enum: z.array(z.string()).optional() }),
              }),
            )
            .default([]),
        })
        .optional(),
    }),
  ),
});

const anyOf = (...values: string[]) => fc.constantFrom(...values);
const unit = fc.oneof(
  { weight: 3, arbitrary: anyOf(...MARKED) },
  anyOf('H49.03', 'H49.99', 'H50', '', '?', '/H49/', 'H49.01/', "H49.01'", 'H49.0%', '000.00.02.H49'),
  fc.string({ maxLength: 8 }),
);
const word = fc.oneof(
  { weight: 3, arbitrary: anyOf(...MARKED.map(mark), ...MARKED.map((code) => `1.${code}`)) },
  anyOf('dau', "'", '%', '\\', '*', '.*'),
  fc.string({ maxLength: 6 }),
);

const sometimes = (value: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/**
 * Requests to every documented GET route, so that a route added tomorrow is asked too. A parameter that is one of few is one of them; others are by
 * their names; those of which nothing is known are words.
 *
 * @param document the OpenAPI document of the app
 * @param boards ids of boards
 */
export function arbitraryRequest(document: unknown, boards: readonly string[], now: number): fc.Arbitrary<Asked> {
  const instant = fc
    .integer({ min: 0, max: 30 * 24 * 60 })
    .map((minutes) => new Date(now - minutes * 60_000).toISOString());
  const id = fc.oneof(
    { weight: 3, arbitrary: anyOf(...MARKED.flatMap((code) => [...idsOf(code, now), ...namedOf(code)])) },
    anyOf(...boards, 'quang-ninh-2019'),
    fc.string({ minLength: 1, maxLength: 12 }),
  );
  const byName: Readonly<Record<string, fc.Arbitrary<string>>> = {
    ...{ unit, handler: unit, code: unit, id, dossier: id, account: id, event: id, at: instant, known_at: instant },
    ...{
      format: anyOf('csv', 'xlsx'),
      limit: anyOf('1', '100'),
      days: anyOf('1', '30'),
      fresh_s: anyOf('60', '864000'),
    },
    ...{
      sort: anyOf('due', '-accepted', 'unit'),
      period: anyOf('2026-11', '2026'),
      metric: anyOf('queue.waiting', 'air.pm25'),
    },
    ...{ human: anyOf('fresh', 'acknowledged'), severity: anyOf('4', '3,4'), state: anyOf('down', 'up') },
    matchers: word.map((value) => JSON.stringify([{ name: 'link', op: '=', value }])),
    ids: fc.array(id, { minLength: 1, maxLength: EACH }).map((ids) => ids.join(',')),
  };
  const routes = Object.entries(DocumentSchema.parse(document).paths).flatMap(([route, { get }]) =>
    get ? [{ route, parameters: get.parameters }] : [],
  );
  const asked = routes.map(({ route, parameters }) => {
    const valueOf = ({ name, schema }: (typeof parameters)[number]) =>
      schema.enum ? anyOf(...schema.enum) : (byName[name] ?? word);
    const inPath = fc.record(
      Object.fromEntries(parameters.filter((one) => one.in === 'path').map((one) => [one.name, valueOf(one)])),
    );
    const inQuery = fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === 'query')
          // of many filters at once little is left: each is there in one request of four
          .map((one) => [one.name, one.required ? valueOf(one) : sometimes(valueOf(one))]),
      ),
    );
    return fc.tuple(inPath, inQuery).map(([path, query]) => {
      const filled = route.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(path[name] ?? ''));
      const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
      return { route, url: given.length === 0 ? filled : `${filled}?${new URLSearchParams(given).toString()}` };
    });
  });
  return fc.oneof(...asked);
}
