/** Values that a path may name, by name. */
export type PathValues = Readonly<Record<string, string | number | null | undefined>>;

const PLACE = /\{([a-z][a-z0-9_]*)\}/g;

/** A part with its places filled; undefined when a value is not known. */
function filled(template: string, values: PathValues): string | undefined {
  const known = (name: string): string => String(values[name] ?? '');
  const names = [...template.matchAll(PLACE)].map((match) => match[1] ?? '');
  if (names.some((name) => known(name) === '')) return undefined;
  return template.replace(PLACE, (_all, name: string) => encodeURIComponent(known(name)));
}

/**
 * Fills `{name}` places of a path inside the product. A query parameter whose value is not known is left out: the list is then wider,
 * never wrong. Undefined when there is no template, or when a place in the path itself stays open.
 */
export function fillPath(template: string | undefined, values: PathValues): string | undefined {
  if (template === undefined) return undefined;
  const [path = '', query] = template.split('?', 2);
  const place = filled(path, values);
  if (place === undefined) return undefined;
  const parts = (query ?? '')
    .split('&')
    .map((part) => (part === '' ? undefined : filled(part, values)))
    .filter((part) => part !== undefined);
  return parts.length > 0 ? `${place}?${parts.join('&')}` : place;
}
