/**
 * The `d` of an SVG path for values over equal steps, in a box of `width` by `height`. The greatest value touches the top and the smallest the
 * foot. Missing values part the line; fewer than two values give none.
 */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const step = width / (values.length - 1);
  let pen = 'M';
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const y = range === 0 ? height / 2 : height - ((value - low) / range) * height;
    parts.push(`${pen}${(index * step).toFixed(1)} ${y.toFixed(1)}`);
    pen = 'L';
  });
  return parts.join('');
}
