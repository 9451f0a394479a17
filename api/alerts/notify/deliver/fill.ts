import type { Person } from '#dashboards/schema/roster.ts';
import { RefusedError } from './refused.ts';

/** JSON, as a file may hold it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What texts of a webhook are filled with. */
export interface Fillings {
  /** `{title}`, `{lines}`, `{status}`, … */
  names: Readonly<Record<string, string>>;
  /** `{env.NAME}`: secrets of the environment. */
  env: (name: string) => string | undefined;
  /** `{person.phone}`: whoever is on shift. */
  person: Person | undefined;
}

/**
 * Fills `{…}` in a text: names of the notice (title, title_plain without diacritics, lines, status, reason, count, receiver, route, id), `{env.NAME}` and `{person.…}`. Throws a
 * RefusedError that names what cannot be filled: half a message is worse than a dead letter.
 */
export function fill(template: string, { names, env, person }: Fillings): string {
  return template.replaceAll(/\{(env\.|person\.)?(\w+)\}/g, (written, kind: string | undefined, name: string) => {
    const people: Readonly<Record<string, string | undefined>> = person ?? {};
    const text = kind === 'env.' ? env(name) : kind === 'person.' ? people[name] : names[name];
    if (text === undefined || (kind !== undefined && text === ''))
      throw new RefusedError(kind === 'env.' ? `${name} is not set` : `there is nothing for ${written}`);
    return text;
  });
}

/** Fills every text of a JSON value. */
export function fillAll(value: Json, fillings: Fillings): Json {
  if (typeof value === 'string') return fill(value, fillings);
  if (Array.isArray(value)) return value.map((one) => fillAll(one, fillings));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillAll(one, fillings)]));
}

/** A text without diacritics: an SMS that has them costs three. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D');
}
