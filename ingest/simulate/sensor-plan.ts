import type { PlacedUnit } from '../schema/unit-index.ts';
import { slug } from './link-plan.ts';
import { DAY_MS, localDay, localHour, startOfDay } from './local-time.ts';
import { levelOf, type Province } from './province.ts';
import { around, nameOf, stream } from './random.ts';

/** What is measured, how, and what it would be without noise. */
interface Measure {
  metric: string;
  value_unit: string;
  digits: number;
  /** Largest noise, as a share of the value. */
  noise: number;
  /** Readings in a minute. */
  per_minute: number;
  /** From the instant, and from 0 to 1 for how busy the offices are; null where there is nothing to measure. */
  value: (at: number, busy: number) => number | null;
}

/** One measured series: a measure at a place. */
export interface Series extends Measure {
  subject: string;
  unit: PlacedUnit;
  place: string;
}

/** Rooms that fill: the provincial centre and those of the districts, or of the first communes where there are no districts. */
const MOST_CENTRES = 14;
const SERVERS = ['Máy chủ một cửa', 'Máy chủ thư', 'Cơ sở dữ liệu'];
const SUPPLIES = ['UPS 1', 'UPS 2'];
const RACKS = ['Tủ A', 'Tủ B', 'Tủ C'];

/** All series of a province. */
export function planSensors(province: Province): Series[] {
  const { units, root } = province;
  const districts = units.filter((unit) => levelOf(unit) === 'district');
  const sites = districts.length > 0 ? districts : units.filter((unit) => levelOf(unit) === 'commune');
  const centre = units.find((unit) => unit.type === 'trung_tam_hcc') ?? root;
  return [
    ...[centre, ...sites.slice(0, MOST_CENTRES)].flatMap((unit) =>
      queueMeasures(province, unit).map((measure) => seriesAt(unit, measure, `Trung tâm HCC ${unit.short}`)),
    ),
    ...stationsOf(province, 'air').flatMap(({ unit, place }) =>
      airMeasures(province, unit, place).map((measure) => seriesAt(unit, measure, place)),
    ),
    ...stationsOf(province, 'traffic').map(({ unit, place }) => seriesAt(unit, trafficMeasure(province, unit), place)),
    ...RACKS.map((rack) => seriesAt(root, RACK_TEMPERATURE, rack)),
    ...DATA_CENTRE.map((measure) => seriesAt(root, measure)),
    ...SERVERS.flatMap((server) => serverMeasures(province, server).map((each) => seriesAt(root, each, server))),
    ...SUPPLIES.flatMap((supply) => supplyMeasures(province, supply).map((each) => seriesAt(root, each, supply))),
  ];
}

/** The stations of a domain of measures, with their units. */
function stationsOf({ stations, units }: Province, domain: string): { unit: PlacedUnit; place: string }[] {
  return stations.flatMap((station) => {
    const unit = station.domain === domain && units.find(({ code }) => code === station.unit);
    return unit ? [{ unit, place: station.place }] : [];
  });
}

function seriesAt(unit: PlacedUnit, measure: Measure, place = unit.short): Series {
  const name = slug(measure.metric);
  return { ...measure, unit, place, subject: `${name}-${unit.code}${place === unit.short ? '' : `-${slug(place)}`}` };
}

/** Waves of a day: 0 to 1, highest at `peak` o'clock. */
function wave(at: number, peak: number): number {
  return 0.5 + 0.5 * Math.cos(((localHour(at) - peak) / 24) * 2 * Math.PI);
}

/** Traffic has two peaks. */
function rush(at: number): number {
  return Math.max(wave(at, 7.5) ** 6, wave(at, 17) ** 6);
}

function sizeOf({ seed }: Province, unit: PlacedUnit): number {
  return 0.5 + 1.5 * stream(seed, nameOf('centre'), nameOf(unit.code))();
}

function queueMeasures(province: Province, unit: PlacedUnit): Measure[] {
  const waiting = (at: number) => queueAt(province, at) * 14 * sizeOf(province, unit);
  const minutes = (at: number) => (waiting(at) < 0.5 ? null : 2 + waiting(at) * 0.9);
  return [
    { metric: 'queue.waiting', value_unit: '1', digits: 0, noise: 0.7, per_minute: 1, value: waiting },
    { metric: 'queue.wait_minutes', value_unit: 'min', digits: 1, noise: 0.4, per_minute: 1, value: minutes },
  ];
}

function airMeasures(province: Province, unit: PlacedUnit, place: string): Measure[] {
  const base = 18 * sizeOf(province, unit) * (0.7 + 0.6 * stream(province.seed, nameOf('station'), nameOf(place))());
  const fine = (at: number) => (base + 14 * rush(at)) * airOn(province.seed, at);
  const coarse = (at: number) => fine(at) * 1.7;
  return [
    { metric: 'air.pm25', value_unit: 'ug/m3', digits: 1, noise: 0.12, per_minute: 1, value: fine },
    { metric: 'air.pm10', value_unit: 'ug/m3', digits: 1, noise: 0.15, per_minute: 1, value: coarse },
  ];
}

function trafficMeasure(province: Province, unit: PlacedUnit): Measure {
  const flow = (at: number) => (150 + 1900 * rush(at)) * sizeOf(province, unit);
  return { metric: 'traffic.flow', value_unit: '/h', digits: 0, noise: 0.2, per_minute: 1, value: flow };
}

const RACK_TEMPERATURE: Measure = {
  metric: 'dc.temperature',
  value_unit: 'Cel',
  digits: 1,
  noise: 0.025,
  per_minute: 2,
  value: (at, busy) => 22 + 1.2 * wave(at, 15) + busy,
};

/** What a server is asked over SNMP: how busy it is, and how full its memory and its disk are, which fills by and by and is tidied up every sixty days. */
function serverMeasures({ seed }: Province, server: string): Measure[] {
  const base = stream(seed, nameOf('server'), nameOf(server))();
  const common = { value_unit: '%', digits: 1, per_minute: 1 };
  const filled = (at: number) => (at / (60 * DAY_MS) + base) % 1;
  return [
    { ...common, metric: 'device.cpu', noise: 0.3, value: (at, busy) => 8 + 12 * base + 45 * busy + 4 * wave(at, 2) },
    { ...common, metric: 'device.memory', noise: 0.02, value: (_, busy) => 48 + 20 * base + 8 * busy },
    { ...common, metric: 'device.disk', noise: 0, value: (at) => 55 + 30 * filled(at) },
  ];
}

/** What a power supply says of itself. Its battery is full while there is power. */
function supplyMeasures({ seed }: Province, supply: string): Measure[] {
  const share = 0.9 + 0.2 * stream(seed, nameOf('supply'), nameOf(supply))();
  const load = (at: number, busy: number) => share * (38 + 9 * busy + 2 * wave(at, 15));
  return [
    { metric: 'ups.charge', value_unit: '%', digits: 0, noise: 0, per_minute: 1, value: () => 100 },
    { metric: 'ups.load', value_unit: '%', digits: 1, noise: 0.02, per_minute: 1, value: load },
    {
      metric: 'ups.runtime',
      value_unit: 'min',
      digits: 0,
      noise: 0.02,
      per_minute: 1,
      value: (at, busy) => 1900 / load(at, busy),
    },
  ];
}

/** The portal and the data centre. */
const DATA_CENTRE: readonly Measure[] = [
  {
    metric: 'portal.visitors',
    value_unit: '1',
    digits: 0,
    noise: 0.08,
    per_minute: 12,
    value: (at, busy) => 90 + 380 * wave(at, 14) + 460 * busy,
  },
  {
    metric: 'dc.humidity',
    value_unit: '%',
    digits: 1,
    noise: 0.025,
    per_minute: 1,
    value: (at) => 48 + 4 * wave(at, 4),
  },
  {
    metric: 'dc.power',
    value_unit: 'kW',
    digits: 1,
    noise: 0.025,
    per_minute: 2,
    value: (at, busy) => 118 + 22 * busy + 6 * wave(at, 15),
  },
];

/** How full the waiting rooms are: they fill after opening and empty before closing; nobody waits when the desks are closed. */
function queueAt({ working }: Province, at: number): number {
  const span = working.spansOf(working.dayOf(at)).find(({ from, to }) => from <= at && at < to);
  if (!span) return 0;
  const place = (at - span.from) / (span.to - span.from);
  return 0.25 + Math.sin(Math.PI * Math.min(1, place * 1.3)) ** 2;
}

/** Some days the air is worse than on others; between two midnights it changes evenly. */
function airOn(seed: number, at: number): number {
  const day = localDay(at);
  const level = (on: number) => 1 + 0.8 * around(stream(seed, nameOf('air'), on));
  const part = (at - startOfDay(day)) / (startOfDay(day + 1) - startOfDay(day));
  return level(day) * (1 - part) + level(day + 1) * part;
}
