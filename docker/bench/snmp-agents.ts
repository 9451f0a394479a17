/** The process of the simulated devices of the SNMP bench: as many routers as it is told, each at an address of its own on the loopback. */
import { ObjectType } from 'net-snmp';
import { longCounter, type ServedObject } from '#ingest/simulate/snmp/object-tree.ts';
import { startTestAgent } from '#ingest/sources/snmp/test-agent.ts';

const [devices = 0, port = 0, ports = 0] = process.argv.slice(2).map(Number);
/** How often the counters grow, in milliseconds. */
const GROW_MS = 5_000;
const UPTIME_S = 86_400;

const begun = performance.now();
const grown_s = (): number => (performance.now() - begun) / 1_000;
const INTEGER = ObjectType.Integer;

/** What changes while a router runs: 1 Mbit/s a port. */
function moving(): ServedObject[] {
  const octets = longCounter(BigInt(Math.round(grown_s() * 125_000)));
  return [
    { oid: '1.3.6.1.2.1.1.3.0', type: ObjectType.TimeTicks, value: Math.round((UPTIME_S + grown_s()) * 100) },
    ...Array.from({ length: ports }, (_, n) => [
      { oid: `1.3.6.1.2.1.31.1.1.1.6.${n + 1}`, type: ObjectType.Counter64, value: octets },
      { oid: `1.3.6.1.2.1.31.1.1.1.10.${n + 1}`, type: ObjectType.Counter64, value: octets },
    ]).flat(),
  ];
}

/** A router of Cisco, as far as it is asked. */
function router(name: string): ServedObject[] {
  const table = '1.3.6.1.2.1.2.2.1';
  const fixed: ServedObject[] = [
    { oid: '1.3.6.1.2.1.1.2.0', type: ObjectType.OID, value: '1.3.6.1.4.1.9.1.2068' },
    { oid: '1.3.6.1.2.1.1.5.0', type: ObjectType.OctetString, value: name },
    { oid: '1.3.6.1.4.1.9.9.109.1.1.1.1.8.1', type: ObjectType.Gauge, value: 12 },
    { oid: '1.3.6.1.4.1.9.9.48.1.1.1.2.1', type: ObjectType.OctetString, value: 'Processor' },
    { oid: '1.3.6.1.4.1.9.9.48.1.1.1.5.1', type: ObjectType.Gauge, value: 300_000_000 },
    { oid: '1.3.6.1.4.1.9.9.48.1.1.1.6.1', type: ObjectType.Gauge, value: 700_000_000 },
    { oid: '1.3.6.1.4.1.9.9.13.1.3.1.2.1', type: ObjectType.OctetString, value: 'Chassis' },
    { oid: '1.3.6.1.4.1.9.9.13.1.3.1.3.1', type: ObjectType.Gauge, value: 38 },
    { oid: '1.3.6.1.4.1.9.9.13.1.3.1.4.1', type: INTEGER, value: 70 },
  ];
  const columns = Array.from({ length: ports }, (_, n): ServedObject[] => [
    { oid: `${table}.2.${n + 1}`, type: ObjectType.OctetString, value: `GigabitEthernet0/${n}` },
    { oid: `${table}.3.${n + 1}`, type: INTEGER, value: 6 },
    { oid: `${table}.5.${n + 1}`, type: ObjectType.Gauge, value: 1_000_000_000 },
    { oid: `${table}.7.${n + 1}`, type: INTEGER, value: 1 },
    { oid: `${table}.8.${n + 1}`, type: INTEGER, value: 1 },
    ...[13, 14, 19, 20].map((column) => ({ oid: `${table}.${column}.${n + 1}`, type: ObjectType.Counter, value: 0 })),
    { oid: `1.3.6.1.2.1.31.1.1.1.1.${n + 1}`, type: ObjectType.OctetString, value: `Gi0/${n}` },
    { oid: `1.3.6.1.2.1.31.1.1.1.19.${n + 1}`, type: ObjectType.TimeTicks, value: 0 },
  ]);
  return [...fixed, ...columns.flat(), ...moving()];
}

const agents = Array.from({ length: devices }, (_, n) =>
  startTestAgent({ address: `127.1.${Math.floor(n / 250)}.${(n % 250) + 1}`, port, objects: router(`r-${n}`) }),
);
const growing = setInterval(() => {
  for (const agent of agents) agent.set(...moving());
}, GROW_MS);
process.on('message', () =>
  process.send?.({ type: 'told', text: String(agents.reduce((sum, agent) => sum + agent.requests(), 0)) }),
);
process.once('disconnect', () => {
  clearInterval(growing);
  process.exit(0);
});
process.once('SIGTERM', () => process.exit(0));
process.send?.({ type: 'listening' });
