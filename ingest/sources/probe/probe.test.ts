import { describe, expect, it } from 'vitest';
import { ProbeFileSchema } from '../../schema/probe.ts';
import { digestOf } from './content.ts';
import { parsePing } from './ping.ts';
import { createReach } from './reach.ts';
import { createRounds } from './rounds.ts';

describe('what ping says', () => {
  it('is read of iputils and of busybox', () => {
    const iputils = `--- 10.49.1.1 ping statistics ---
5 packets transmitted, 4 received, 20% packet loss, time 812ms
rtt min/avg/max/mdev = 1.020/1.514/2.231/0.402 ms`;
    const busybox = `--- 10.49.1.1 ping statistics ---
4 packets transmitted, 4 packets received, 0% packet loss
round-trip min/avg/max = 0.061/0.072/0.083 ms`;
    expect(parsePing(iputils)).toEqual({ latency_ms: 1.514, loss_ratio: expect.closeTo(0.2) });
    expect(parsePing(busybox)).toEqual({ latency_ms: 0.072, loss_ratio: 0 });
  });

  it('is a whole loss without an answer, and nothing where it may not send', () => {
    const lost = '3 packets transmitted, 0 received, 100% packet loss, time 2040ms';
    expect(parsePing(lost)).toEqual({ latency_ms: null, loss_ratio: 1 });
    expect(parsePing('ping: socktype: SOCK_RAW: Operation not permitted')).toBeUndefined();
    expect(parsePing('')).toBeUndefined();
  });
});

const real = await createReach();
if (real.by !== 'icmp') process.stderr.write('skipped: the program ping is not installed, or may not send here\n');

describe.skipIf(real.by !== 'icmp')('echo requests (ICMP)', () => {
  const target = { kind: 'reach', id: 'a', unit: 'H49', port: 9, count: 3, every_s: 30, timeout_s: 1 } as const;
  const reach = (host: string) => real.reach({ ...target, host }, new AbortController().signal);

  it('are answered by this machine, by address and by name, where no port is open', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const { latency_ms, loss_ratio } = await reach(host);
      expect(loss_ratio).toBe(0);
      expect(latency_ms).toBeGreaterThan(0);
    }
  });

  it('find that a name is not there (RFC 6761)', async () => {
    expect(await reach('khong-co.invalid')).toEqual({ latency_ms: null, loss_ratio: 1 });
  });
});

describe('the digest of a page', () => {
  const content = { select: '<main>(.*)</main>', ignore: ['\\d{2}/\\d{2}/\\d{4}', '<i>.*?</i>'] };
  const page = (day: string, text: string, around = '') =>
    `<html>${around}<main>Hôm nay ${day}\n  <b>${text}</b> <i>${Math.random()}</i></main></html>`;

  it('stays while only what changes by itself does', () => {
    expect(digestOf(page('18/11/2026', 'tin'), content)).toBe(digestOf(page('19/11/2026', 'tin', '<p>x</p>'), content));
  });
  it('changes with the content, and when the part is gone', () => {
    const before = digestOf(page('18/11/2026', 'tin'), content);
    expect(digestOf(page('18/11/2026', 'bị thay'), content)).not.toBe(before);
    expect(digestOf('<html></html>', content)).not.toBe(before);
  });
});

describe('rounds', () => {
  it('run at their pace, never twice at once and never more than may', async () => {
    let now = 0;
    let most = 0;
    const runs = new Map<number, number>();
    const doubled: number[] = [];
    const busy = new Set<number>();
    const rounds = createRounds(
      Array.from({ length: 6 }, (_, n) => ({
        every_ms: 20,
        run: async () => {
          if (busy.has(n)) doubled.push(n);
          busy.add(n);
          now += 1;
          most = Math.max(most, now);
          runs.set(n, (runs.get(n) ?? 0) + 1);
          await new Promise((done) => setTimeout(done, n === 0 ? 90 : 5));
          now -= 1;
          busy.delete(n);
        },
      })),
      3,
    );
    rounds.start();
    await expect
      .poll(() => Math.min(...[0, 1, 2, 3, 4, 5].map((n) => runs.get(n) ?? 0)), { timeout: 10_000 })
      .toBeGreaterThan(2);
    await rounds.close();
    expect([most <= 3, doubled, now, runs.size]).toEqual([true, [], 0, 6]);
    const told = [...runs.values()];
    await new Promise((done) => setTimeout(done, 60));
    expect([...runs.values()]).toEqual(told);
  });
});

describe('a file of probes', () => {
  const file = (target: object) => ({
    name: { vi: 'a', en: 'a' },
    source: 's',
    targets: [{ id: 'a', unit: 'H49', ...target }],
  });
  it.each([
    [{ kind: 'web', url: 'ftp://x' }],
    [{ kind: 'web', url: 'https://x/', content: { select: '(' } }],
    [{ kind: 'reach', host: '-rf' }],
    [{ kind: 'reach', host: 'a', count: 0 }],
  ])('refuses %j', (target) => expect(ProbeFileSchema.safeParse(file(target)).success).toBe(false));
  it('names each target once', () => {
    const { targets, ...rest } = file({ kind: 'reach', host: 'a' });
    expect(ProbeFileSchema.safeParse({ ...rest, targets: [...targets, ...targets] }).success).toBe(false);
    expect(ProbeFileSchema.safeParse({ ...rest, targets }).success).toBe(true);
  });
});
