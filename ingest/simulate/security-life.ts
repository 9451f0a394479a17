import type { Signature } from './behaviour.ts';
import { DAY_MS, localDay, localHour, MINUTE_MS, sensorTime, startOfDay } from './local-time.ts';
import { cloudEvent, createStretchFeed, type Feed, type Message } from './message.ts';
import type { Province } from './province.ts';
import { choose, count, exponential, nameOf, stream, weigh, type Draw, type Weighted } from './random.ts';

/** An attack: for some minutes one address raises one alert a hundred times as often as all raise any. */
interface Burst {
  from: number;
  to: number;
  signature: Signature;
  attacker: string;
}

/** Address ranges kept for documentation (RFC 5737): no real machine is accused. */
const OUTSIDE = ['192.0.2', '198.51.100', '203.0.113'];
const SERVERS = ['10.49.1.10', '10.49.1.11', '10.49.1.20', '10.49.1.21', '10.49.2.5', '10.49.2.6', '10.49.3.30'];
/** What gathers the sensors outside the data centre. */
const LOCAL_SOURCE = 'soc-co-so';
/** Suricata's severities in the words of the family. */
const SEVERITY_NAMES: Readonly<Record<number, string>> = { 1: 'high', 2: 'medium', 3: 'low' };
const LONGEST_BURST_MS = 6 * MINUTE_MS;

/**
 * The life of the sensors: alerts through the day, some of them in districts (in communes, where there are none), attacks on the data centre now and then, and records that are no
 * alerts.
 *
 * @param records whether the records that are no alerts are sent too
 */
export function createSecurityFeed(province: Province, records = true): Feed {
  const { seed, behaviour, habits } = province;
  const { alerts_per_day, records_per_day, burst_factor, local_share, odd_share } = behaviour.security;
  const sites = province.offices.get('district') ?? province.offices.get('commune');
  const signatures = weigh(habits.signatures, (signature) => signature.weight);
  const rate = alerts_per_day / DAY_MS;
  return createStretchFeed(MINUTE_MS, (start) => {
    const draw = stream(seed, nameOf('eve'), Math.floor(start / MINUTE_MS));
    const end = start + MINUTE_MS;
    const busy = 0.7 + 0.6 * Math.max(0, Math.sin(((localHour(start) - 6) / 24) * 2 * Math.PI));
    const messages = instants(draw, start, end, rate * busy).map((at) => {
      const signature = choose(signatures, draw());
      return sites && draw() < local_share
        ? localAlertAt(at, draw, signature, choose(sites, draw()).unit.code, draw() < odd_share)
        : alertAt(at, draw, signature);
    });
    for (const burst of burstsAround(province, start)) {
      const during = instants(draw, Math.max(start, burst.from), Math.min(end, burst.to), rate * burst_factor);
      for (const at of during) messages.push(alertAt(at, draw, burst.signature, burst.attacker));
    }
    if (records)
      for (const at of instants(draw, start, end, (records_per_day / DAY_MS) * busy)) messages.push(recordAt(at, draw));
    return messages;
  });
}

function instants(draw: Draw, from: number, to: number, rate: number): number[] {
  const found: number[] = [];
  for (let at = from + exponential(draw, 1 / rate); at < to; at += exponential(draw, 1 / rate))
    found.push(Math.floor(at));
  return found;
}

/** Attacks that may be going on in the minute from `start`. */
function burstsAround({ seed, behaviour, habits }: Province, start: number): Burst[] {
  const kinds: Weighted<Signature> = weigh(
    habits.signatures.filter((signature) => signature.burst),
    () => 1,
  );
  const on = (day: number) => {
    const draw = stream(seed, nameOf('burst'), day);
    return Array.from({ length: count(draw, behaviour.security.bursts_per_day) }, (): Burst => {
      const from = startOfDay(day) + Math.floor(draw() * DAY_MS);
      const to = from + MINUTE_MS + Math.floor(draw() * (LONGEST_BURST_MS - MINUTE_MS));
      return { from, to, signature: choose(kinds, draw()), attacker: outside(draw) };
    });
  };
  const day = localDay(start);
  return [...on(day - 1), ...on(day)].filter((burst) => burst.from < start + MINUTE_MS && burst.to > start);
}

function outside(draw: Draw): string {
  return `${OUTSIDE[Math.floor(draw() * OUTSIDE.length)] ?? '192.0.2'}.${1 + Math.floor(draw() * 254)}`;
}

/** A machine of some office: 10.49.<office>.<machine>. */
function inside(draw: Draw): string {
  return `10.49.${16 + Math.floor(draw() * 200)}.${2 + Math.floor(draw() * 250)}`;
}

function server(draw: Draw): string {
  return SERVERS[Math.floor(draw() * SERVERS.length)] ?? '10.49.1.10';
}

/** The fields that all records of the sensor have. The flow number makes each record a different one. */
function frame(at: number, draw: Draw, event_type: string): Record<string, unknown> {
  return {
    timestamp: sensorTime(at, Math.floor(draw() * 1000)),
    flow_id: Math.floor(draw() * 2 ** 20) * 2 ** 32 + Math.floor(draw() * 2 ** 32),
    in_iface: 'ens192',
    event_type,
    host: 'ids-ttdl-01',
  };
}

function message(at: number, record: Record<string, unknown>): Message {
  return { at, entry: 'eve', key: String(record.flow_id), text: JSON.stringify(record) };
}

/** What a sensor outside the data centre tells, by way of the operations centre that gathers them: an event that names its unit. */
function localAlertAt(at: number, draw: Draw, signature: Signature, unit: string, isOdd: boolean): Message {
  const text = cloudEvent({
    source: LOCAL_SOURCE,
    type: 'security.alert',
    subject: `${unit}-${Math.floor(draw() * 2 ** 40).toString(36)}`,
    unit,
    at,
    data: {
      // now and then one says a severity that is none: it is refused, and seen among the dead letters
      ...(isOdd && { severity: 'rất cao' }),
      ...(!isOdd && signature.severity !== undefined && { severity: SEVERITY_NAMES[signature.severity] ?? 'low' }),
      category: signature.category,
      signature: signature.name,
      asset: inside(draw),
      action: draw() < 0.4 ? 'blocked' : 'allowed',
    },
  });
  return { at, entry: 'event', key: `${unit}-${at}`, text };
}

function alertAt(at: number, draw: Draw, signature: Signature, attacker?: string): Message {
  const isInside = signature.from === 'inside';
  const client = 1024 + Math.floor(draw() * 64_000);
  return message(at, {
    ...frame(at, draw, 'alert'),
    src_ip: attacker ?? (isInside ? inside(draw) : outside(draw)),
    src_port: client,
    dest_ip: isInside ? outside(draw) : server(draw),
    dest_port: signature.port,
    proto: signature.proto,
    alert: {
      action: !isInside && draw() < 0.55 ? 'blocked' : 'allowed',
      gid: 1,
      signature_id: signature.sid,
      rev: 1 + (signature.sid % 9),
      signature: signature.name,
      category: signature.category,
      ...(signature.severity === undefined ? {} : { severity: signature.severity }),
    },
  });
}

function recordAt(at: number, draw: Draw): Message {
  const kind = draw();
  const ends = { src_ip: inside(draw), src_port: 1024 + Math.floor(draw() * 64_000), dest_ip: server(draw) };
  if (kind < 0.55) {
    const bytes = Math.round(exponential(draw, 20_000));
    const flow = {
      pkts_toserver: 1 + Math.round(bytes / 900),
      bytes_toserver: bytes,
      state: 'closed',
      reason: 'timeout',
    };
    return message(at, { ...frame(at, draw, 'flow'), ...ends, dest_port: 443, proto: 'TCP', app_proto: 'tls', flow });
  }
  if (kind < 0.85) {
    const dns = { type: 'query', id: Math.floor(draw() * 65_536), rrname: 'dichvucong.tinh.example', rrtype: 'A' };
    return message(at, { ...frame(at, draw, 'dns'), ...ends, dest_port: 53, proto: 'UDP', dns });
  }
  const tls = { sni: 'motcua.tinh.example', version: draw() < 0.8 ? 'TLS 1.3' : 'TLS 1.2' };
  return message(at, { ...frame(at, draw, 'tls'), ...ends, dest_port: 443, proto: 'TCP', tls });
}
