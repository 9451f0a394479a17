import { z } from 'zod';
import { SEVERITIES } from './severity.ts';
import { TextSchema } from './unit-tree.ts';

/** A severity as a product writes it: a word, a number, or numbers from one to another (`0-3`). */
const words = z.array(z.string().min(1).max(64)).default([]);
const SPAN = /^(\d{1,4})(?:-(\d{1,4}))?$/;
const STEPS = ['low', 'medium', 'high', 'critical'] as const;

/** `severities/<name>.yaml`: what the severities of a product are in our four steps. */
export const SeverityMapSchema = z
  .strictObject({
    name: TextSchema,
    /** Whose events: the most exact file that fits is used. Vendor and product as the header has them, without regard to case. */
    match: z.strictObject({
      format: z.enum(['cef', 'leef']),
      vendor: z.string().min(1).optional(),
      product: z.string().min(1).optional(),
    }),
    /** The field that holds it, where that is not the one of the format. */
    field: z.string().min(1).optional(),
    /** Whether a larger number is worse. */
    order: z.enum(['rising', 'falling']).default('rising'),
    severity: z.strictObject({ low: words, medium: words, high: words, critical: words }),
    /** Values of a field that mark a record (of traffic, of a login) and no alert. */
    records: z.strictObject({ field: z.string().min(1), values: z.array(z.string().min(1)).min(1) }).optional(),
  })
  .superRefine(({ severity, order }, context) => {
    const steps = new Map<string, (typeof STEPS)[number]>();
    const written = STEPS.flatMap((step) =>
      severity[step].flatMap((word, index) => valuesOf(word).map((value) => ({ step, index, value }))),
    );
    for (const { step, index, value } of written) {
      const other = steps.get(value);
      if (other !== undefined && other !== step)
        context.addIssue({ code: 'custom', path: ['severity', step, index], message: `${value} is ${other} already` });
      steps.set(value, step);
    }
    const numbers = [...steps].filter(([value]) => SPAN.test(value)).sort(([a], [b]) => Number(a) - Number(b));
    for (const [index, [value, step]] of numbers.entries()) {
      const before = numbers[index - 1]?.[1];
      if (before === undefined) continue;
      const rise = STEPS.indexOf(step) - STEPS.indexOf(before);
      if (order === 'rising' ? rise < 0 : rise > 0)
        context.addIssue({
          code: 'custom',
          path: ['severity', step],
          message: `${value} is out of order; allowed: ${order} severities`,
        });
    }
  });
export type SeverityMap = z.output<typeof SeverityMapSchema>;

/** The values that a word stands for, folded. */
function valuesOf(word: string): string[] {
  const [, from, to] = SPAN.exec(word) ?? [];
  if (from === undefined) return [word.toLowerCase()];
  const first = Number(from);
  const last = to === undefined ? first : Number(to);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index));
}

/** What an event of a product says that severities are found by. */
export interface Judged {
  format: 'cef' | 'leef';
  vendor: string;
  product: string;
  severity: string;
  fields: Readonly<Record<string, string>>;
}

/** Judges an event: its severity (0 is unclassified), and whether it is an alert or a record. */
export type Judge = (event: Judged) => { severity: number; isAlert: boolean };

/** Products remembered with their map; the bound is for senders that make names up. */
const REMEMBERED = 1_000;

/** Builds the judge of a set of maps. */
export function createJudge(maps: readonly SeverityMap[]): Judge {
  const compiled = maps.map((map) => ({
    ...map,
    steps: new Map(
      STEPS.flatMap((step) => map.severity[step].flatMap(valuesOf).map((value) => [value, SEVERITIES.indexOf(step)])),
    ),
    marks: new Set(map.records?.values.map((value) => value.toLowerCase())),
    weight: (map.match.vendor === undefined ? 0 : 1) + (map.match.product === undefined ? 0 : 2),
  }));
  const ranked = compiled.sort((a, b) => b.weight - a.weight);
  const remembered = new Map<string, (typeof ranked)[number] | undefined>();
  const isSame = (wanted: string | undefined, written: string): boolean =>
    wanted === undefined || wanted.toLowerCase() === written.toLowerCase();
  return function judge({ format, vendor, product, severity, fields }) {
    const key = `${format}\0${vendor}\0${product}`;
    if (!remembered.has(key)) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      const found = ranked.find(
        ({ match }) => match.format === format && isSame(match.vendor, vendor) && isSame(match.product, product),
      );
      remembered.set(key, found);
    }
    const map = remembered.get(key);
    if (!map) return { severity: 0, isAlert: true };
    const written = map.field === undefined ? severity : (fields[map.field] ?? '');
    const mark = map.records === undefined ? undefined : fields[map.records.field];
    return {
      severity: map.steps.get(written.trim().toLowerCase()) ?? 0,
      isAlert: mark === undefined || !map.marks.has(mark.toLowerCase()),
    };
  };
}
