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

/** A rectangle with a border of `by` on every side. */
function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
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

type Place = Pick<PlacedLabel, 'box' | 'side' | 'full'>;

/** Every place of a label inside the bounds and off the obstacles, best first; places over soft boxes come last. */
function candidates(wish: LabelWish, room: Room): Place[] {
  const sizes = wish.short ? [wish, wish.short] : [wish];
  const open = sizes
    .flatMap((size) => places(wish, size, room.gap).map((place) => ({ ...place, full: size === wish })))
    .filter(({ box }) => inside(box, room.bounds) && !room.obstacles.some((other) => overlaps(box, other)));
  const isSoft = ({ box }: Place): boolean => room.soft?.some((other) => overlaps(box, other)) === true;
  return [...open.filter((place) => !isSoft(place)), ...open.filter(isSoft)];
}

/**
 * Places labels so that none meets another, an obstacle or the edge. The highest rank chooses first; a later one gives way: to another side
 * of its point, to its short text, over a dot, then altogether. One that found no room asks a single other label to step aside; that one
 * keeps a place of its own, or stays. In the end those that stand line by line with another, as if both were one, look for a freer place.
 */
export function placeLabels(wishes: readonly LabelWish[], room: Room): PlacedLabel[] {
  const ranked = [...wishes].sort((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1));
  const choices = new Map(ranked.map((wish) => [wish.id, candidates(wish, room)]));
  const placed = new Map<string, Place>();
  const meets = (box: Box): string[] => [...placed].filter(([, place]) => overlaps(place.box, box)).map(([id]) => id);

  for (const { id } of ranked) {
    const found = choices.get(id)?.find(({ box }) => meets(box).length === 0);
    if (found) placed.set(id, found);
  }
  for (const { id } of ranked) if (!placed.has(id)) makeRoom(id);
  for (const { id } of ranked) loosen(id);
  return [...placed].map(([id, place]) => ({ id, ...place }));

  function loosen(id: string): void {
    const now = placed.get(id);
    const crowd = (box: Box): number => meets(grown(box, room.gap / 2)).filter((met) => met !== id).length;
    if (!now || crowd(now.box) === 0) return;
    const freer = choices
      .get(id)
      ?.find(
        ({ box, full }) => full === now.full && crowd(box) === 0 && !room.soft?.some((other) => overlaps(box, other)),
      );
    if (freer) placed.set(id, freer);
  }

  function makeRoom(id: string): void {
    for (const mine of choices.get(id) ?? []) {
      const [other, ...more] = meets(mine.box);
      if (other === undefined || more.length > 0) continue;
      const aside = choices
        .get(other)
        ?.find(({ box }) => !overlaps(box, mine.box) && meets(box).every((met) => met === other));
      if (!aside) continue;
      placed.set(other, aside).set(id, mine);
      return;
    }
  }
}
