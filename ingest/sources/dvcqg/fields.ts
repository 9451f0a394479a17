import { z } from 'zod';
import { localInstant } from '../../pipeline/local-time.ts';

const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** A text that may come as a number; `""`, null and absent are the same: empty. Longer texts are cut at `longest`. */
export const written = (longest = 200) =>
  z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) =>
      String(value ?? '')
        .trim()
        .slice(0, longest),
    );

/** A moment `yyyyMMddHHmmss`, local time of the province without a zone, as epoch ms; null when it is empty. */
export const moment = written(32).transform((text, context) => {
  if (text === '') return null;
  const match = STAMP.exec(text);
  const [, year, month, day, hour, minute, second] = match ?? [];
  const instant = match ? localInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}`) : undefined;
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: 'is no moment of the form yyyyMMddHHmmss' });
  return z.NEVER;
});

/** A code from `low` to `high`, as text or number; null when it is empty. */
export const code = (low: number, high: number) =>
  written(16).transform((text, context) => {
    if (text === '') return null;
    const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    context.addIssue({ code: 'custom', message: `is no code from ${low} to ${high}` });
    return z.NEVER;
  });

/** A code that only matters when it can be read: anything else counts as empty. */
export const looseCode = (low: number, high: number) => code(low, high).catch(null);

/** A list; `""`, null and absent are empty lists, and one object is a list of one. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => {
    if (value === null || value === undefined || value === '') return [];
    return Array.isArray(value) ? value : [value];
  }, z.array(item));

/** The number of a dossier. */
export const dossierNumber = written(10_000)
  .refine((text) => text !== '', 'is missing')
  .refine((text) => text.length <= 256, 'is longer than 256 characters')
  .refine((text) => !/\p{Surrogate}/u.test(text), 'is not well-formed Unicode: it holds half of a surrogate pair');

/** A procedure code in its national form: `1.003560.000.00.00.H56` is `1.003560`. A code of another form is kept as it is. */
export function nationalProcedure(text: string): string {
  return /\d\.\d{6}/.exec(text)?.[0] ?? text.slice(0, 64);
}
