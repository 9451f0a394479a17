import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Bench } from './bench.ts';
import { quantile } from './stats.ts';

const LAST = /^prometheus_rule_group_last_duration_seconds\{[^}]*\} ([\d.e+-]+)$/m;
const ROUNDS = 12;

/** How long Debian's Prometheus takes to evaluate as many rules over as many series, in seconds: the median of its own figure; null where it is not installed. */
export async function prometheusEvaluation({ cleanup }: Bench, instances: number): Promise<number | null> {
  if (!(await isInstalled())) return null;
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-bench-prometheus-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const exporter = createServer((_request, reply) => {
    reply.setHeader('content-type', 'text/plain; version=0.0.4');
    reply.end(
      Array.from(
        { length: instances },
        (_, index) => `load{place="load-${index}"} ${index % 2 === 0 ? 100 : 10}\n`,
      ).join(''),
    );
  }).listen(0, '127.0.0.1');
  await once(exporter, 'listening');
  cleanup.add(() => void exporter.close());
  const target = portOf(exporter.address());
  const rules = Array.from(
    { length: instances },
    (_, index) => `      - alert: load-${index}\n        expr: load{place="load-${index}"} > 50\n        for: 1m\n`,
  );
  await writeFile(
    join(folder, 'rules.yml'),
    `groups:\n  - name: bench\n    interval: 2s\n    rules:\n${rules.join('')}`,
  );
  await writeFile(
    join(folder, 'prometheus.yml'),
    `global:\n  scrape_interval: 2s\nrule_files: [rules.yml]\nscrape_configs:\n  - job_name: load\n    static_configs:\n      - targets: ['127.0.0.1:${target}']\n`,
  );
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  cleanup.add(() => void child.kill());
  // it scrapes and evaluates every two seconds; the first rounds find nothing yet
  await sleep(10_000);
  const spent: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await sleep(2_000);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const seconds = Number(LAST.exec(text)?.[1]);
    if (Number.isFinite(seconds)) spent.push(seconds * 1000);
  }
  child.kill();
  return quantile(spent, 0.5) / 1000;
}

async function isInstalled(): Promise<boolean> {
  return promisify(execFile)('prometheus', ['--version']).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(address: string | { port: number } | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
