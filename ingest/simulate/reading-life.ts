import type { PlacedUnit } from '../schema/unit-index.ts';
import { loadAt, rounded } from './link-life.ts';
import { MINUTE_MS } from './local-time.ts';
import { cloudEvent, createStretchFeed, type Feed, type Message } from './message.ts';
import { isWithin, type Province, type Scene } from './province.ts';
import { around, nameOf, stream, type Draw } from './random.ts';
import { planSensors, type Series } from './sensor-plan.ts';

const READING_SOURCE = 'cam-bien';

/**
 * The life of the sensors: queues of the service centres, air, traffic, the portal's visitors, and the data centre.
 *
 * @param every sends only the first reading of one minute of so many, for a past that is filled in
 */
export function createReadingFeed(province: Province, scenes: readonly Scene[], every = 1): Feed {
  const series = planSensors(province);
  const names = series.map((each) => nameOf(each.subject));
  const silences = scenes.filter((scene) => scene.kind === 'silence');
  const isSilent = (unit: PlacedUnit, at: number) =>
    silences.some((scene) => scene.from <= at && at < scene.to && isWithin(unit, scene.unit));
  return createStretchFeed(MINUTE_MS, (start) => {
    const minute = Math.floor(start / MINUTE_MS);
    if (minute % every !== 0) return [];
    const busy = loadAt(province, start);
    const messages: Message[] = [];
    for (const [n, each] of series.entries()) {
      for (let turn = 0; turn < (every > 1 ? 1 : each.per_minute); turn += 1) {
        const at = start + Math.floor(((turn + n / series.length) * MINUTE_MS) / each.per_minute);
        if (isSilent(each.unit, at)) continue;
        messages.push(reading(each, at, busy, stream(province.seed, names[n] ?? 0, minute, turn)));
      }
    }
    return messages;
  });
}

function reading(series: Series, at: number, busy: number, draw: Draw): Message {
  const { metric, value_unit, place, unit, subject, digits, noise } = series;
  const exact = series.value(at, busy);
  const value = exact === null ? null : Math.max(0, rounded(exact * (1 + noise * around(draw)), digits));
  const data = { metric, value, value_unit, place };
  const text = cloudEvent({ source: READING_SOURCE, type: 'reading.sample', subject, unit: unit.code, at, data });
  return { at, entry: 'event', key: subject, text };
}
