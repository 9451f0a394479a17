import type { Definitions } from '#api/contract-definitions.ts';
import type { Words } from '../../composables/use-words.ts';

/** Something that a board may name, as it is looked up. */
export interface Found {
  id: string;
  name: string;
  about: string;
  /** Each parameter with its type and what it is when it is left out. */
  params: string[];
  /** The columns that a query gives, or a kind reads. */
  columns: string;
}

/** What of one part of the definitions has every word of `search` in its name or text, whatever its case and accents; all of them for none. */
export function findDefinitions(
  { kinds, queries, metrics }: Definitions,
  part: keyof Definitions,
  search: string,
  text: Words['text'],
): Found[] {
  const none = { params: [], columns: '' };
  const all: Record<keyof Definitions, () => Found[]> = {
    kinds: () =>
      kinds.map(({ kind, columns }) => {
        const roles = Object.entries(columns).map(([role, names]) => `${role}: ${names.join(', ')}`);
        return { ...none, id: kind, name: '', about: '', columns: roles.join(' · ') };
      }),
    queries: () =>
      queries.map(({ id, description, params, rows }) => ({
        ...{ id, name: '', about: description, columns: Object.keys(rows).join(', ') },
        params: params.map(
          ({ name, type, default: value, allowed }) =>
            `${name}: ${allowed ? allowed.join(' | ') : type} = ${value === '' ? "''" : value}`,
        ),
      })),
    metrics: () =>
      metrics.map(({ id, name, unit, definition }) => ({
        ...none,
        ...{ id, name: `${text(name)} (${text(unit)})`, about: text(definition) },
      })),
  };
  const words = plain(search).split(/\s+/).filter(Boolean);
  return all[part]().filter(({ id, name, about, columns }) => {
    const where = plain([id, name, about, columns].join(' '));
    return words.every((word) => where.includes(word));
  });
}

/** Letters without case and accents: `Đúng hạn` is found by `dung han`. */
function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}
