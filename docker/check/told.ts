import { z } from 'zod';
import { DAY_MS, HOUR_MS, localDay, startOfDay } from '#ingest/simulate/local-time.ts';
import type { Message } from '#ingest/simulate/message.ts';
import { requestOf } from '#ingest/simulate/request.ts';
import type { Province } from '#ingest/simulate/province.ts';
import { eventsBetween } from '#ingest/simulate/schedule.ts';
import { createWorld } from '#ingest/simulate/world.ts';

/** What each source tells: the metrics of its readings and entries, and the types of its events. */
export type Told = ReadonlyMap<string, ReadonlySet<string>>;

/** A working morning is enough for those who tell of what happens. */
const MORNING = [8 * HOUR_MS, 11 * HOUR_MS] as const;
const TextSchema = z.looseObject({
  source: z.string().optional(),
  type: z.string().optional(),
  data: z.looseObject({ metric: z.string().optional() }).optional(),
});

/** What a simulated province tells on the last working day before an instant, and what then stands of what people have stated: its feeds are run, not read. */
export function toldBy(province: Province, before: number): Told {
  const { working } = province;
  let day = localDay(before) - 1;
  while (working.spansOf(day).length === 0) day -= 1;
  const world = createWorld(province, []);
  const start = startOfDay(day);
  const [from, to] = MORNING.map((part) => start + part);
  const told = new Map<string, Set<string>>();
  const hear = (messages: readonly Message[]) => {
    for (const message of messages) {
      const { source, what } = saidBy(message);
      told.set(source, (told.get(source) ?? new Set()).add(what));
    }
  };
  hear(eventsBetween([...world.thinned, world.alerts, ...world.live.slice(0, 1)], from ?? start, to ?? start));
  // systems that tell once a day tell at its end
  if (world.offices.full.length > 0) hear(eventsBetween(world.offices.full, start, start + DAY_MS));
  hear(world.offices.standing(start + DAY_MS));
  return told;
}

/** Dossiers and records of the sensor name their source in the request that carries them. */
function saidBy({ entry, text }: Message): { source: string; what: string } {
  const { source, type, data } = TextSchema.parse(JSON.parse(text));
  const carried = new URL(requestOf(entry, [text]).path, 'http://localhost').searchParams.get('source');
  return { source: source ?? carried ?? '', what: data?.metric ?? type ?? entry };
}
