import { once } from 'node:events';
import { connect } from 'node:net';

/** Lines as devices and servers write them, in both standards: about 130 bytes each. */
export function linesOf(count: number, start: number): Buffer {
  const stamp = new Date(start);
  const clock = stamp.toISOString().slice(11, 19);
  const day = String(stamp.getUTCDate()).padStart(2);
  const legacy = `${stamp.toUTCString().slice(8, 11)} ${day} ${clock}`;
  const lines: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const host = `r-${n % 310}`;
    const form = [
      `<189>${legacy} ${host} %LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/${n % 48}, changed state to up`,
      `<86>${legacy} ${host} sshd[${n % 30_000}]: Accepted publickey for admin from 10.20.${n % 250}.${n % 200} port ${40_000 + (n % 20_000)} ssh2`,
      `<134>1 ${stamp.toISOString()} ${host} nginx ${n % 5_000} access - 10.1.${n % 250}.7 "GET /api/ho-so/${n} HTTP/1.1" 200 ${n % 9_000}`,
      `<166>${legacy} ${host} kernel: [UFW BLOCK] IN=eth0 OUT= SRC=203.0.113.${n % 250} DST=198.51.100.7 LEN=60 PROTO=TCP SPT=${n % 60_000} DPT=22 SYN`,
    ];
    lines.push(form[n % form.length] ?? '');
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Sends a stream over TCP as fast as it is taken. */
export async function sendTcp(bytes: Buffer, port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const closed = once(socket, 'close');
  for (let at = 0; at < bytes.length; at += 2 ** 20)
    if (!socket.write(bytes.subarray(at, at + 2 ** 20))) await once(socket, 'drain');
  socket.end();
  await closed;
}
