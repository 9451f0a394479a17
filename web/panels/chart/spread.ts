/**
 * Moves positions apart that are closer than `gap`, as little as can be, within 0 and `end`; their order stays. Returns them in the order
 * given.
 */
export function spread(positions: readonly number[], gap: number, end: number): number[] {
  const order = positions
    .map((_, index) => index)
    .sort((one, other) => (positions[one] ?? 0) - (positions[other] ?? 0));
  const moved = [...positions];
  let floor = 0;
  for (const index of order) {
    moved[index] = Math.max(moved[index] ?? 0, floor);
    floor = (moved[index] ?? 0) + gap;
  }
  let ceiling = end;
  for (const index of order.reverse()) {
    moved[index] = Math.min(moved[index] ?? 0, ceiling);
    ceiling = (moved[index] ?? 0) - gap;
  }
  return moved;
}
