import { livesOf, type DossierWorld } from './dossier-feed.ts';
import { DAY_MS, HOUR_MS, localDay, startOfDay } from './local-time.ts';
import { cloudEvent, type Feed, type Message } from './message.ts';

/** When the figures of a day are stated: the next morning. */
const STATED_AT_MS = 7 * HOUR_MS;
/** A dossier that was filed online is received on the next working day; no break is longer. */
const LONGEST_BREAK_DAYS = 14;
const SOURCE = 'thong-ke-mot-cua';

/**
 * What the one-stop systems of departments and districts state every morning: how many dossiers they received the day before, counted
 * from the same lives that they sent. Units of `misstated` state so many more: what reconciliation is there to find.
 */
export function createStatementFeed(world: DossierWorld): Feed {
  return {
    *from(instant) {
      for (let day = localDay(instant) - 1; ; day += 1)
        for (const message of statedOf(world, day)) if (message.at >= instant) yield message;
    },
  };
}

function statedOf(world: DossierWorld, day: number): Message[] {
  const { province } = world;
  const { misstated } = province.behaviour;
  const from = startOfDay(day);
  const to = from + DAY_MS;
  const units = province.units.filter(
    ({ path }) => path.split('/').length === province.root.path.split('/').length + 1,
  );
  const counts = new Map(units.map(({ path }) => [path, 0]));
  for (const { office, received_at } of livesOf(world, day - LONGEST_BREAK_DAYS, day, from)) {
    if (received_at === undefined || received_at < from || received_at >= to) continue;
    const unit = units.find(({ path }) => office.unit.path.startsWith(path));
    if (unit) counts.set(unit.path, (counts.get(unit.path) ?? 0) + 1);
  }
  const at = to + STATED_AT_MS;
  const period = new Date(from + 12 * HOUR_MS).toISOString().slice(0, 10);
  return units.flatMap(({ path, code, name }) => {
    const count = counts.get(path) ?? 0;
    if (count === 0) return [];
    const data = {
      metric: 'dossiers.received',
      period,
      value: count + (misstated[code] ?? 0),
      actor: `Bộ phận một cửa ${name}`,
      note: 'Số liệu ngày do phần mềm một cửa tự tổng hợp',
    };
    const subject = `${code} ${period}`;
    return [
      {
        at,
        entry: 'event',
        key: subject,
        text: cloudEvent({ source: SOURCE, type: 'entry.made', subject, unit: code, at, data }),
      },
    ];
  });
}
