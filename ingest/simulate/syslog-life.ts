import { DateTime } from 'luxon';
import type { Device } from '../schema/inventory.ts';
import { choose, exponential, nameOf, stream, weigh, type Draw } from './random.ts';

/** A line of syslog on its way. */
export interface SyslogLine {
  /** Epoch ms. */
  at: number;
  transport: 'udp' | 'tcp';
  /** As it travels, without an end of line. */
  text: string;
}

/** What a kind of device writes: how often, how grave (0 to 7), and what; `#` stands for a number. */
interface Habit {
  kinds: readonly Device['kind'][];
  weight: number;
  facility: number;
  severity: number;
  /** Network devices write RFC 3164 over UDP, servers RFC 5424 over TCP. */
  form: 'rfc3164' | 'rfc5424';
  program: string;
  text: string;
}

const ZONE = 'Asia/Ho_Chi_Minh';
const NETWORK = ['router', 'switch', 'firewall'] as const;
const SERVERS = ['server', 'storage'] as const;
const device = { facility: 23, form: 'rfc3164' } as const;
const server = { kinds: SERVERS, facility: 3, form: 'rfc5424' } as const;

const HABITS: readonly Habit[] = [
  {
    ...device,
    kinds: NETWORK,
    weight: 12,
    severity: 6,
    program: '%SYS-6-LOGGINGHOST_STARTSTOP',
    text: 'Logging to host 10.49.1.20 port 5514 started',
  },
  {
    ...device,
    kinds: NETWORK,
    weight: 8,
    severity: 6,
    program: '%SEC-6-IPACCESSLOGP',
    text: 'list 110 denied tcp 203.0.113.#(4#) -> 10.49.1.10(22), 1 packet',
  },
  {
    ...device,
    kinds: NETWORK,
    weight: 4,
    severity: 5,
    program: '%SYS-5-CONFIG_I',
    text: 'Configured from console by admin on vty0 (10.49.1.#)',
  },
  {
    ...device,
    kinds: NETWORK,
    weight: 3,
    severity: 5,
    program: '%LINEPROTO-5-UPDOWN',
    text: 'Line protocol on Interface GigabitEthernet0/#, changed state to up',
  },
  {
    ...device,
    kinds: NETWORK,
    weight: 2,
    severity: 4,
    program: '%CDP-4-DUPLEX_MISMATCH',
    text: 'duplex mismatch discovered on GigabitEthernet0/#',
  },
  {
    ...device,
    kinds: NETWORK,
    weight: 1,
    severity: 3,
    program: '%LINK-3-UPDOWN',
    text: 'Interface GigabitEthernet0/#, changed state to down',
  },
  { ...device, kinds: ['ups'], weight: 2, severity: 6, program: 'UPS', text: 'Self test passed, load # percent' },
  { ...device, kinds: ['ups'], weight: 1, severity: 4, program: 'UPS', text: 'Input voltage 2# V out of range' },
  {
    ...server,
    weight: 10,
    severity: 6,
    program: 'sshd',
    text: 'Accepted publickey for deploy from 10.49.1.# port 4# ssh2',
  },
  { ...server, weight: 8, severity: 6, program: 'postgres', text: 'checkpoint complete: wrote # buffers' },
  {
    ...server,
    weight: 3,
    severity: 4,
    program: 'nginx',
    text: 'upstream timed out (110) while reading response header, client 10.49.7.#',
  },
  {
    ...server,
    weight: 1,
    severity: 3,
    program: 'kernel',
    text: 'EXT4-fs error (device sda#): ext4_find_entry: inode #',
  },
];

/** What the devices of an inventory write between two instants, in order: settled by the seed. `per_minute` is for all of them. */
export function createSyslogLife(devices: readonly Device[], seed: number, per_minute: number) {
  const pairs = devices.flatMap((from) =>
    HABITS.filter(({ kinds }) => kinds.includes(from.kind)).map((habit) => ({ from, habit })),
  );
  const weighted = weigh(pairs, ({ habit }) => habit.weight);
  return function linesBetween(from: number, to: number): SyslogLine[] {
    if (pairs.length === 0) return [];
    const lines: SyslogLine[] = [];
    for (let second = Math.floor(from / 1_000); second * 1_000 < to; second += 1) {
      const draw = stream(seed, nameOf('syslog'), second);
      const mean = 60_000 / per_minute;
      for (
        let at = second * 1_000 + exponential(draw, mean);
        at < (second + 1) * 1_000;
        at += exponential(draw, mean)
      ) {
        const chosen = choose(weighted, draw());
        const text = written(chosen.habit, chosen.from, Math.floor(at), draw);
        if (at >= from && at < to)
          lines.push({ at: Math.floor(at), transport: chosen.habit.form === 'rfc3164' ? 'udp' : 'tcp', text });
      }
    }
    return lines;
  };
}

function written({ facility, severity, form, program, text }: Habit, from: Device, at: number, draw: Draw): string {
  const pri = `<${facility * 8 + severity}>`;
  const name = from.hostname ?? from.address;
  const filled = text.replaceAll('#', () => String(Math.floor(draw() * 100)));
  const local = DateTime.fromMillis(at, { zone: ZONE, locale: 'en' });
  if (form === 'rfc5424')
    return `${pri}1 ${local.toISO() ?? ''} ${name} ${program} ${100 + (at % 9_000)} - - ${filled}`;
  return `${pri}${local.toFormat('MMM')} ${String(local.day).padStart(2)} ${local.toFormat('HH:mm:ss')} ${name} ${program}: ${filled}`;
}
