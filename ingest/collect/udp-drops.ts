import { readFile } from 'node:fs/promises';

/** The tables of the kernel's UDP sockets (proc(5)); absent on other systems. */
const TABLES = ['/proc/net/udp', '/proc/net/udp6'];

/** Datagrams that the kernel has dropped of each local port since its socket was opened, from the text of such a table. */
export function parseUdpDrops(table: string): Map<number, number> {
  const drops = new Map<number, number>();
  for (const line of table.split('\n').slice(1)) {
    const cells = line.trim().split(/\s+/);
    const port = Number.parseInt(cells[1]?.split(':')[1] ?? '', 16);
    const dropped = Number(cells[12]);
    if (Number.isInteger(port) && Number.isInteger(dropped)) drops.set(port, (drops.get(port) ?? 0) + dropped);
  }
  return drops;
}

/** Datagrams that the kernel dropped of some ports; null where it does not say. */
export async function udpDrops(ports: readonly number[]): Promise<number | null> {
  const tables = await Promise.all(TABLES.map((file) => readFile(file, 'utf8').catch(() => undefined)));
  if (tables.every((table) => table === undefined)) return null;
  const drops = tables.map((table) => parseUdpDrops(table ?? ''));
  return ports.reduce((sum, port) => sum + drops.reduce((all, of) => all + (of.get(port) ?? 0), 0), 0);
}
