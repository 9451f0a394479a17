import type { PlacedUnit } from '../schema/unit-index.ts';
import { localDay, localHour, MINUTE_MS, startOfDay } from './local-time.ts';
import { loadAt, rounded } from './link-life.ts';
import { slug } from './link-plan.ts';
import { cloudEvent, createStretchFeed, type Feed } from './message.ts';
import { isWithin, levelOf, type Province, type Scene } from './province.ts';
import { around, nameOf, stream } from './random.ts';

export const READING_SOURCE = 'cam-bien';

/** One measured series. `value` gives what is measured, without noise, from the instant and from 0 to 1 for how busy the offices are. */
interface Series {
  metric: string;
  value_unit: string;
  place: string;
  unit: PlacedUnit;
  subject: string;
  /** Readings in a minute. */
  per_minute: number;
  digits: number;
  /** Size of the noise, as a share of the value. */
  noise: number;
  /** null where there is nothing to measure. */
  value: (at: number, busy: number) => number | null;
}

/** Waves of a day: 0 to 1, highest at `peak` o'clock. */
const wave = (at: number, peak: number) => 0.5 + 0.5 * Math.cos(((localHour(at) - peak) / 24) * 2 * Math.PI);
/** Traffic has two peaks. */
const rush = (at: number) => Math.max(wave(at, 7.5) ** 6, wave(at, 17) ** 6);

/**
 * The life of the sensors: queues of the service centres, air, traffic, the portal's visitors, and the data centre.
 *
 * @param every sends only the first minute of so many, for a past that is filled in
 */
export function createReadingFeed(province: Province, scenes: readonly Scene[], every = 1): Feed {
  const series = planSeries(province);
  const names = series.map((each) => nameOf(`${each.metric} ${each.subject}`));
  const silences = scenes.filter((scene) => scene.kind === 'silence');
  const isSilent = (unit: PlacedUnit, at: number) =>
    silences.some((scene) => scene.from <= at && at < scene.to && isWithin(unit, scene.unit));
  return createStretchFeed(MINUTE_MS, (start) => {
    const minute = Math.floor(start / MINUTE_MS);
    if (minute % every !== 0) return [];
    const busy = loadAt(province, start);
    return series.flatMap((each, n) =>
      Array.from({ length: every > 1 ? 1 : each.per_minute }, (_, turn) => {
        const at = start + Math.floor(((turn + n / series.length) * MINUTE_MS) / each.per_minute);
        return { each, at, draw: stream(province.seed, names[n] ?? 0, minute, turn) };
      })
        .filter(({ at }) => !isSilent(each.unit, at))
        .map(({ at, draw }) => {
          const value = each.value(at, busy);
          const measured =
            value === null ? null : Math.max(0, rounded(value * (1 + each.noise * around(draw)), each.digits));
          const { metric, value_unit, place, unit, subject } = each;
          const data = { metric, value: measured, value_unit, place };
          const text = cloudEvent({
            source: READING_SOURCE,
            type: 'reading.sample',
            subject,
            unit: unit.code,
            at,
            data,
          });
          return { at, entry: 'event' as const, key: subject, text };
        }),
    );
  });
}

function planSeries(province: Province): Series[] {
  const { units, root, seed } = province;
  const centre = units.find((unit) => unit.type === 'trung_tam_hcc') ?? root;
  const districts = units.filter((unit) => levelOf(unit) === 'district');
  const sensors = districts.length > 0 ? districts : units.filter((unit) => levelOf(unit) === 'commune').slice(0, 14);
  const add = (
    unit: PlacedUnit,
    metric: string,
    rest: Omit<Series, 'unit' | 'metric' | 'subject' | 'place'>,
    place = unit.short,
  ): Series => ({
    unit,
    metric,
    place,
    subject: `${metric.replace('.', '-').replaceAll('_', '-')}-${unit.code}${place === unit.short ? '' : `-${slug(place)}`}`,
    ...rest,
  });
  const size = (unit: PlacedUnit) => 0.5 + 1.5 * stream(seed, nameOf('centre'), nameOf(unit.code))();
  const queues = [centre, ...sensors].flatMap((unit) => {
    const waiting = (at: number) => queueAt(province, at) * 14 * size(unit);
    const place = `Trung tâm HCC ${unit.short}`;
    return [
      add(unit, 'queue.waiting', { value_unit: '1', per_minute: 1, digits: 0, noise: 0.3, value: waiting }, place),
      add(
        unit,
        'queue.wait_minutes',
        {
          value_unit: 'min',
          per_minute: 1,
          digits: 1,
          noise: 0.15,
          value: (at) => (waiting(at) < 0.5 ? null : 2 + waiting(at) * 0.9),
        },
        place,
      ),
    ];
  });
  const air = sensors
    .filter((_, n) => n < 6)
    .flatMap((unit) => {
      const base = 18 * size(unit);
      const pm25 = (at: number) => (base + 14 * rush(at)) * seasonAt(seed, at);
      return [
        add(unit, 'air.pm25', { value_unit: 'ug/m3', per_minute: 1, digits: 1, noise: 0.05, value: pm25 }),
        add(unit, 'air.pm10', {
          value_unit: 'ug/m3',
          per_minute: 1,
          digits: 1,
          noise: 0.06,
          value: (at) => pm25(at) * 1.7,
        }),
      ];
    });
  const traffic = sensors
    .filter((_, n) => n < 5)
    .map((unit) =>
      add(unit, 'traffic.flow', {
        value_unit: '/h',
        per_minute: 1,
        digits: 0,
        noise: 0.08,
        value: (at) => (150 + 1900 * rush(at)) * size(unit),
      }),
    );
  const centreOfData: Series[] = [
    add(root, 'portal.visitors', {
      value_unit: '1',
      per_minute: 12,
      digits: 0,
      noise: 0.03,
      value: (at, busy) => 90 + 380 * wave(at, 14) + 460 * busy,
    }),
    ...['Tủ A', 'Tủ B', 'Tủ C'].map((rack) =>
      add(
        root,
        'dc.temperature',
        {
          value_unit: 'Cel',
          per_minute: 2,
          digits: 1,
          noise: 0.01,
          value: (at, busy) => 22 + 1.2 * wave(at, 15) + busy,
        },
        rack,
      ),
    ),
    add(root, 'dc.humidity', {
      value_unit: '%',
      per_minute: 1,
      digits: 1,
      noise: 0.01,
      value: (at) => 48 + 4 * wave(at, 4),
    }),
    add(root, 'dc.power', {
      value_unit: 'kW',
      per_minute: 2,
      digits: 1,
      noise: 0.01,
      value: (at, busy) => 118 + 22 * busy + 6 * wave(at, 15),
    }),
  ];
  return [...queues, ...air, ...traffic, ...centreOfData];
}

/** How full the waiting rooms are: they fill after opening and empty before closing; nobody waits when the desks are closed. */
function queueAt({ working }: Province, at: number): number {
  const span = working.spansOf(working.dayOf(at)).find(({ from, to }) => from <= at && at < to);
  if (!span) return 0;
  const place = (at - span.from) / (span.to - span.from);
  return 0.25 + Math.sin(Math.PI * Math.min(1, place * 1.3)) ** 2;
}

/** Some days the air is worse than on others. */
function seasonAt(seed: number, at: number): number {
  const day = localDay(at);
  const level = (on: number) => 1 + 0.4 * around(stream(seed, nameOf('air'), on));
  const part = (at - startOfDay(day)) / (startOfDay(day + 1) - startOfDay(day));
  return level(day) * (1 - part) + level(day + 1) * part;
}
