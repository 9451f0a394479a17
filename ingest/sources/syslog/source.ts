import type { CollectingSource } from '../collecting-source.ts';
import { createReadSyslog, type SyslogReadOptions } from './row.ts';
import { listenTcp, type TlsFiles } from './tcp.ts';
import { listenUdp, type Listener } from './udp.ts';

/** What the source is made with. */
export interface SyslogOptions extends SyslogReadOptions {
  host: string;
  /** Of UDP and TCP; 0 is any free one, the same for both. */
  port: number;
  /** TLS is off without it. */
  tls?: (TlsFiles & { port: number }) | undefined;
}

/** The source of syslog: it tells where it listens. */
export interface SyslogSource extends CollectingSource {
  /** The ports, once it has started; `tls` is 0 where it is off. */
  ports: () => { plain: number; tls: number };
}

/** Times that another free port is tried for when the one of TCP is not free for UDP. */
const ATTEMPTS = 20;

/** Syslog of RFC 5424 and RFC 3164 over UDP, TCP and TLS. */
export function createSyslogSource({ host, port, tls, ...reading }: SyslogOptions): SyslogSource {
  const listeners: Listener[] = [];
  const ports = { plain: 0, tls: 0 };
  return {
    entry: 'syslog',
    read: createReadSyslog(reading),
    ports: () => ({ ...ports }),
    udpPorts: () => (ports.plain === 0 ? [] : [ports.plain]),
    start: async (intake) => {
      for (let attempt = 1; ; attempt += 1) {
        const tcp = await listenTcp(host, port, intake);
        try {
          listeners.push(tcp, await listenUdp(host, tcp.port, intake));
          ports.plain = tcp.port;
          break;
        } catch (error) {
          await tcp.close();
          listeners.length = 0;
          if (port !== 0 || attempt === ATTEMPTS) throw error;
        }
      }
      if (!tls) return;
      const secure = await listenTcp(host, tls.port, intake, tls);
      listeners.push(secure);
      ports.tls = secure.port;
    },
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}
