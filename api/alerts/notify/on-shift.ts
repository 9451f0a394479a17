import { DateTime } from 'luxon';
import { minuteOf } from '#dashboards/load/roster-cover.ts';
import type { Person, Roster, Shift } from '#dashboards/schema/roster.ts';

/** Who is on duty at an instant (epoch ms) in a zone, each once, in the order of the file, with the shift that they are on. */
export function onShift({ shifts, people }: Roster, at: number, zone: string): { person: Person; shift: Shift }[] {
  const local = DateTime.fromMillis(at, { zone });
  const minute = local.hour * 60 + local.minute;
  const found = new Map<string, { person: Person; shift: Shift }>();
  for (const shift of shifts) {
    if (!isOn(shift, local.weekday, minute)) continue;
    for (const id of shift.who) {
      const person = people[id];
      if (person && !found.has(id)) found.set(id, { person, shift });
    }
  }
  return [...found.values()];
}

/** The days of a shift are those on which it begins: after midnight it is that of the day before. */
function isOn({ days, from, to }: Shift, weekday: number, minute: number): boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  if (start < end) return days.includes(weekday) && start <= minute && minute < end;
  const before = weekday === 1 ? 7 : weekday - 1;
  return (days.includes(weekday) && minute >= start) || (days.includes(before) && minute < end);
}
