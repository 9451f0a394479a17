import { DateTime } from 'luxon';

/** The zone of every province. */
export const ZONE = 'Asia/Ho_Chi_Minh';

const DAY_MS = 86_400_000;
/** Days remembered with their offset: a century and more. */
const REMEMBERED = 50_000;

/** Offsets by day, in ms. The zone's offset has not changed since 1975, and never did so twice in a day. */
const offsets = createOffsets();

function createOffsets() {
  const remembered = new Map<number, number>();
  return (wallAsUtc: number): number => {
    const day = Math.floor(wallAsUtc / DAY_MS);
    const known = remembered.get(day);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const noon = DateTime.fromMillis(day * DAY_MS + DAY_MS / 2, { zone: 'utc' }).setZone(ZONE, { keepLocalTime: true });
    const offset = noon.offset * 60_000;
    remembered.set(day, offset);
    return offset;
  };
}

/** The instant (epoch ms) of a local time `yyyy-MM-ddTHH:mm:ss[.SSS]` in the province; undefined when there is no such day or time. */
export function localInstant(wall: string): number | undefined {
  const asUtc = Date.parse(`${wall}Z`);
  // a day that does not exist (30 February) would silently become another one
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 19) !== wall.slice(0, 19)) return undefined;
  return asUtc - offsets(asUtc);
}
