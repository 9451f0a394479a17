/** The value below which a share of the values lies, 0 to 1, nearest rank. NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** With at most one digit after the point, as a number. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
