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

/** What labels keep clear of. */
export interface Room {
  bounds: Box;
  /** Never covered: the legend. */
  obstacles: readonly Box[];
  /** Covered only by a label that would find no place otherwise: the dots of other places. */
  soft?: readonly Box[];
  /** Distance to the point, in pixels. */
  gap: number;
}

/**
 * Places labels so that none meets another, an obstacle or the edge. The highest rank chooses first; a later one gives way: to another side
 * of its point, to its short text, over a dot, then altogether.
 */
export function placeLabels(wishes: readonly LabelWish[], room: Room): PlacedLabel[] {
  const taken: Box[] = [...room.obstacles];
  const placed: PlacedLabel[] = [];
  const isFree = (box: Box, others: readonly Box[]): boolean =>
    inside(box, room.bounds) &&
    !taken.some((other) => overlaps(box, other)) &&
    !others.some((other) => overlaps(box, other));
  const find = (wish: LabelWish): PlacedLabel | undefined => {
    const sizes = wish.short ? [wish, wish.short] : [wish];
    for (const soft of [room.soft ?? [], []])
      for (const size of sizes) {
        const found = places(wish, size, room.gap).find(({ box }) => isFree(box, soft));
        if (found) return { id: wish.id, ...found, full: size === wish };
      }
    return undefined;
  };
  for (const wish of [...wishes].sort((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1))) {
    const found = find(wish);
    if (!found) continue;
    taken.push(found.box);
    placed.push(found);
  }
  return placed;
}
