/** Compares two OIDs in the order of the tree: below 0 when `a` comes first. */
export function compareOids(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let n = 0; n < left.length && n < right.length; n += 1) {
    const difference = Number(left[n]) - Number(right[n]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** What follows `prefix` in `oid`, such as `2.1`; undefined where it does not lie below it. */
export function indexBelow(oid: string, prefix: string): string | undefined {
  return oid.startsWith(prefix) && oid.charCodeAt(prefix.length) === 46 ? oid.slice(prefix.length + 1) : undefined;
}

/** True when `oid` is `prefix` or lies below it. */
export function isWithin(oid: string, prefix: string): boolean {
  return oid === prefix || indexBelow(oid, prefix) !== undefined;
}
