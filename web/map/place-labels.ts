/** A rectangle in pixels from the top left. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A label to place beside a point. */
export interface LabelWish {
  id: string;
  /** The point it names. */
  x: number;
  y: number;
  /** Size of the text, full and, where it may give way a little, without its second line. */
  width: number;
  height: number;
  short?: { width: number; height: number };
  /** A greater rank is placed first; a label that finds no room is left out. */
  rank: number;
}

/** Where a label stands. `side` says which edge its lines are aligned to. */
export interface PlacedLabel {
  id: string;
  box: Box;
  side: 'left' | 'right' | 'middle';
  /** False when only the first line had room. */
  full: boolean;
}

/** True when two rectangles share more than an edge. */
export function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function inside(box: Box, bounds: Box): boolean {
  return (
    box.x >= bounds.x &&
    box.y >= bounds.y &&
    box.x + box.width <= bounds.x + bounds.width &&
    box.y + box.height <= bounds.y + bounds.height
  );
}

/** Places around a point, best first: beside it, then above and below, then at the corners. */
function places(
  wish: LabelWish,
  size: { width: number; height: number },
  gap: number,
): { box: Box; side: PlacedLabel['side'] }[] {
  const { x, y } = wish;
  const { width, height } = size;
  const at = (left: number, top: number, side: PlacedLabel['side']): { box: Box; side: PlacedLabel['side'] } => ({
    box: { x: left, y: top, width, height },
    side,
  });
  const right = x + gap;
  const left = x - gap - width;
  const line = height / 2;
  return [
    at(right, y - line, 'left'),
    at(left, y - line, 'right'),
    at(right, y - height, 'left'),
    at(right, y, 'left'),
    at(left, y - height, 'right'),
    at(left, y, 'right'),
    at(x - width / 2, y + gap, 'middle'),
    at(x - width / 2, y - gap - height, 'middle'),
    at(right, y - height - gap, 'left'),
    at(right, y + gap, 'left'),
    at(left, y - height - gap, 'right'),
    at(left, y + gap, 'right'),
  ];
}

/**
 * Places labels so that none meets another, an obstacle (dots, the legend) or the edge of `bounds`. The highest rank chooses first;
 * a later one gives way: to another side of its point, to its short text, then altogether. `gap` is the distance to the point, in pixels.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  options: { bounds: Box; obstacles: readonly Box[]; gap: number },
): PlacedLabel[] {
  const taken: Box[] = [...options.obstacles];
  const placed: PlacedLabel[] = [];
  const ranked = [...wishes].sort((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1));
  for (const wish of ranked) {
    const sizes = wish.short ? [wish, wish.short] : [wish];
    for (const size of sizes) {
      const found = places(wish, size, options.gap).find(
        ({ box }) => inside(box, options.bounds) && !taken.some((other) => overlaps(box, other)),
      );
      if (!found) continue;
      taken.push(found.box);
      placed.push({ id: wish.id, ...found, full: size === wish });
      break;
    }
  }
  return placed;
}
