import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether Debian's Suricata is here; a word on standard error when it is not. */
export function hasSuricata(): boolean {
  if (spawnSync('suricata', ['-V'], { stdio: 'ignore' }).status === 0) return true;
  process.stderr.write('skipped: suricata is not installed\n');
  return false;
}

/** Lets Suricata read a capture: it writes `eve.json` in the folder, as its own configuration says, and ends. */
export async function readCapture(capture: Buffer, folder: string): Promise<void> {
  const file = join(folder, 'capture.pcap');
  await writeFile(file, capture);
  // without rules, and without looking at checksums
  await run('suricata', ['-r', file, '-l', folder, '-S', '/dev/null', '-k', 'none', '--runmode', 'single'], {
    timeout: 120_000,
  });
}

/** Names asked for in the domain name system over UDP, one after the other and each answered by nobody: a capture in the format of libpcap. */
export function captureOf(names: readonly string[], at: number): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  // Ethernet
  head.writeUInt32LE(1, 20);
  const packets = names.map((name, n) => {
    const frame = queryFrame(name, n);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(at / 1_000) + n, 0);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([head, ...packets]);
}

/** A question for the address of a name, from 10.49.2.17 to 192.0.2.53. */
function queryFrame(name: string, n: number): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const question = Buffer.concat([...labels, Buffer.from([0, 0, 1, 0, 1])]);
  const dns = Buffer.alloc(12);
  dns.writeUInt16BE(n + 1, 0);
  // a recursive question, one of them
  dns.writeUInt16BE(0x0100, 2);
  dns.writeUInt16BE(1, 4);
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(40_000 + n, 0);
  udp.writeUInt16BE(53, 2);
  udp.writeUInt16BE(8 + dns.length + question.length, 4);
  const ip = Buffer.alloc(20);
  ip.writeUInt8(0x45, 0);
  ip.writeUInt16BE(20 + 8 + dns.length + question.length, 2);
  ip.writeUInt8(64, 8);
  ip.writeUInt8(17, 9);
  ip.set([10, 49, 2, 17], 12);
  ip.set([192, 0, 2, 53], 16);
  const ethernet = Buffer.from('0200000000020200000000010800', 'hex');
  return Buffer.concat([ethernet, ip, udp, dns, question]);
}
