import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readDeviceValues } from '../../province.ts';
import { DeviceSchema } from '../../schema/inventory.ts';
import { sharedData } from '../../shared-data.ts';
import { createDeviceWatch, type Inventoried } from './device.ts';
import { objectsOf, statusOf } from './ports.ts';
import { openSession } from './session.ts';
import { numberOf, type SnmpValue } from './snmp-value.ts';
import { readWalk, startTestAgent } from './test-agent.ts';
import { readValue } from './values.ts';
import { getAll } from './walk.ts';

const folder = sharedData('snmp', process.env['SHARED_DATA']);

/** The walks, and every difference to what another monitor made of them, with its reason. */
const WALKS: Record<string, Record<string, RegExp>> = {
  apc_smart1500: { 'days since or until a date, which are no measured values': /^runtime .*\.2\.(?:2\.21|1\.3)\.0 / },
  'dlink_dgs-1510-28': {},
  eatonups: {
    'an object that the agent gives again with a longer index; it is read once': /^state .*\.534\.1\.8\.2\.0\.0/,
  },
  fortigate_60f: {
    'what is not told is not zero': /^port .*: null, expected 0$/,
    'counters of what was blocked, since the start: the logs of the firewall tell each of them':
      /^count .*\.12356\.101\.(?:9|10)\./,
  },
  'hikvision-cam': {},
  ios: {},
  junos_ex: {},
  linux: {},
  routeros: {
    'how a radio is set up is not how it does': /^state .*\.14988\.1\.1\.1\.8\.1\.2\.1 /,
    'they leave out ports that have no traffic of their own; ours are told apart by the inventory':
      /^port 11 pppoe-out1: extra/,
  },
  unifi_nanohd: {},
  vrp_slas: {},
  windows_svr_2019_1809: {
    'they round to a megabit': /^port 1 loopback_0 speed: 1073741824, expected 1073000000$/,
    'they leave out parts of the protocol stack; ours are told apart by the inventory': /^port \d+ .*: extra/,
  },
};

const octets = z.number().nullable();
const PortRow = z.object({
  ifIndex: z.number(),
  ...{ ifName: z.string().nullable(), ifDescr: z.string().nullable(), ifAlias: z.string().nullable() },
  ...{ ifSpeed: z.number().nullable(), ifAdminStatus: z.string().nullable(), ifOperStatus: z.string().nullable() },
  ...{ ifInOctets: octets, ifOutOctets: octets, ifInErrors: octets, ifOutErrors: octets },
  ...{ ifInDiscards: octets, ifOutDiscards: octets },
});
const SensorRow = z.object({
  ...{ sensor_class: z.string(), sensor_type: z.string(), sensor_oid: z.string(), sensor_descr: z.string() },
  sensor_current: z.number().nullable(),
});
const PoolRow = z.object({
  mempool_perc: z.number(),
  ...{ mempool_perc_oid: z.string().nullable(), mempool_used_oid: z.string().nullable() },
  mempool_free_oid: z.string().nullable(),
});
const discovered = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.object({ discovery: z.object(shape) }).optional();
const RowsSchema = z.object({
  ports: z.object({ poller: z.object({ ports: z.array(PortRow) }) }).optional(),
  processors: discovered({ processors: z.array(z.object({ processor_oid: z.string(), processor_usage: z.number() })) }),
  mempools: discovered({ mempools: z.array(PoolRow) }),
  sensors: discovered({
    sensors: z.array(SensorRow),
    state_indexes: z
      .array(z.object({ state_name: z.string(), state_value: z.number(), state_generic_value: z.number() }))
      .optional(),
  }),
});
type Rows = z.output<typeof RowsSchema>;
type Values = ReadonlyMap<string, SnmpValue>;

/** Their generic state 3 is "unknown". */
const UNKNOWN = 3;
const STATUSES = new Map([
  ['lowerLayerDown', 'down'],
  ['notPresent', 'down'],
  ['dormant', 'unknown'],
]);

function portDifferences({ ports }: Inventoried, values: Values, rows: readonly z.output<typeof PortRow>[]): string[] {
  const extra = ports.filter(({ index }) => !rows.some(({ ifIndex }) => index === String(ifIndex)));
  const different = rows.flatMap((row) => {
    const one = ports.find(({ index }) => index === String(row.ifIndex));
    if (!one) return [`port ${row.ifIndex} ${row.ifName ?? ''}: missing`];
    const at = objectsOf(one);
    const read = (oid: string) => numberOf(values.get(oid));
    const told = STATUSES.get(row.ifOperStatus ?? '') ?? row.ifOperStatus;
    const pairs: [string, unknown, unknown][] = [
      ['name', one.name, row.ifName],
      ['alias', one.alias || one.descr || one.name, row.ifAlias || row.ifDescr],
      ['speed', one.speed_bps ?? 0, row.ifSpeed],
      ['status', statusOf(read(at.admin), read(at.oper)), row.ifAdminStatus === 'down' ? 'admin_down' : told],
      ['in', read(at.in_octets), row.ifInOctets],
      ['out', read(at.out_octets), row.ifOutOctets],
      ['in errors', read(at.in_errors), row.ifInErrors],
      ['out errors', read(at.out_errors), row.ifOutErrors],
      ['in discards', read(at.in_discards), row.ifInDiscards],
      ['out discards', read(at.out_discards), row.ifOutDiscards],
    ];
    return pairs
      .filter(([, ours, theirs]) => theirs !== null && ours !== theirs)
      .map(
        ([what, ours, theirs]) => `port ${one.index} ${one.name} ${what}: ${String(ours)}, expected ${String(theirs)}`,
      );
  });
  return [...(rows.length === 0 ? [] : extra.map(({ index, name }) => `port ${index} ${name}: extra`)), ...different];
}

function valueDifferences(has: Inventoried, values: Values, { processors, mempools, sensors }: Rows): string[] {
  const at = (oid: string) =>
    has.values.filter((one) => one.oid === oid.replace(/^\./, '')).map((one) => readValue(one, values.get(one.oid)));
  const near = (ours: (number | null)[], theirs: number) =>
    ours.some((one) => one !== null && Math.abs(one - theirs) <= Math.max(1e-6, Math.abs(theirs) * 1e-3));
  const told = (what: string, isSame: boolean, ours: (number | null)[], theirs: unknown) =>
    isSame ? [] : [`${what}: ${String(ours)}, expected ${String(theirs)}`];
  const states = sensors?.discovery.state_indexes ?? [];
  return [
    ...(processors?.discovery.processors ?? []).flatMap(({ processor_oid: oid, processor_usage }) =>
      told(`processor ${oid}`, near(at(oid), processor_usage), at(oid), processor_usage),
    ),
    ...(mempools?.discovery.mempools ?? []).flatMap((row) => {
      const oid = row.mempool_perc_oid ?? row.mempool_used_oid ?? row.mempool_free_oid ?? '';
      const isSame = at(oid).some((one) => one !== null && Math.round(one) === row.mempool_perc);
      return told(`memory ${oid}`, isSame, at(oid), row.mempool_perc);
    }),
    ...(sensors?.discovery.sensors ?? []).flatMap(
      ({ sensor_class, sensor_type, sensor_oid, sensor_descr, sensor_current }) => {
        const what = `${sensor_class} ${sensor_oid} ${sensor_descr}`;
        if (sensor_class !== 'state')
          return told(what, near(at(sensor_oid), sensor_current ?? Number.NaN), at(sensor_oid), sensor_current);
        const state = states.find((one) => one.state_name === sensor_type && one.state_value === sensor_current);
        const generic = state?.state_generic_value === UNKNOWN ? null : (state?.state_generic_value ?? null);
        return told(what, at(sensor_oid).includes(generic), at(sensor_oid), generic);
      },
    ),
  ];
}

describe.skipIf(!folder)('the walks of real devices', () => {
  it.each(Object.entries(WALKS).map(([name, explained], n) => ({ name, explained, port: 21_640 + n })))(
    '$name has the ports, states and sensors that another monitor finds',
    async ({ name, explained, port }) => {
      const agent = startTestAgent({ port, objects: await readWalk(join(folder ?? '', 'snmpsim', `${name}.snmprec`)) });
      const target = { address: '127.0.0.1', port, credentials: { community: 'public' } };
      const session = openSession(target, { timeout_ms: 2_000, onGarbage: () => undefined });
      try {
        const device = DeviceSchema.parse({ id: 'd', name: 'd', kind: 'other', unit: 'H49', address: '127.0.0.1' });
        const files = await readDeviceValues(join(import.meta.dirname, '../../../dashboards/devices'));
        const watch = createDeviceWatch({ device, files, clock: Date.now });
        await watch.poll(session);
        const first = agent.requests();
        await watch.poll(session);
        // what is known is asked for by name: a fraction of what finding it takes
        expect(agent.requests() - first).toBeLessThanOrEqual(first / 2);
        const has = watch.inventoried();
        if (!has) throw new Error('the device was not read');
        const ports = has.ports.flatMap((one) => Object.values(objectsOf(one)));
        const values = await getAll(session, [...has.values.map(({ oid }) => oid), ...ports]);
        const rows = RowsSchema.parse(
          JSON.parse(await readFile(join(folder ?? '', 'librenms', `${name}.json`), 'utf8')),
        );
        const differences = [
          ...portDifferences(has, values, rows.ports?.poller.ports ?? []),
          ...valueDifferences(has, values, rows),
        ];
        const reasons = Object.entries(explained);
        expect(differences.filter((text) => !reasons.some(([, pattern]) => pattern.test(text)))).toEqual([]);
        for (const [why, pattern] of reasons)
          expect(
            differences.some((text) => pattern.test(text)),
            why,
          ).toBe(true);
      } finally {
        session.close();
        agent.close();
      }
    },
  );
});
