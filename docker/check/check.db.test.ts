import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOLDERS } from '#dashboards/load/read-folder.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'dashboards');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-dashboards-'));
  // folders of which nothing ships are not there
  const parts = (await readdir(SHIPPED)).filter((part) => part in FOLDERS);
  for (const part of parts) await cp(join(SHIPPED, part), join(folder, part), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command as a person would, on the copy. */
function check(...args: string[]): { code: number | null; lines: string[] } {
  const run = spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, DASHBOARDS_DIR: folder, CLICKHOUSE_URL: undefined },
    encoding: 'utf8',
  });
  return { code: run.status, lines: run.stdout.trim().split('\n') };
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

describe('npm run check', () => {
  it('finds nothing wrong with what ships, nothing slow either', { timeout: 240_000 }, () => {
    const { code, lines } = check();
    expect(lines).toEqual([
      expect.stringMatching(
        /^\d+ boards, \d+ queries, \d+ metrics, \d+ alert rules, \d+ reconciliations, \d+ systems, \d+ provinces, nothing wrong, \d+ ms$/,
      ),
    ]);
    expect(code).toBe(0);
  });

  it('says in one run what an engine finds wrong, and where', async () => {
    await edit('queries/links-up.yaml', 'note: { type: text }', 'note: { type: number }');
    await edit('queries/desks-waiting.yaml', 'note: { type: number }', 'note: { type: number, nullable: true }');
    await edit('queries/threats-today.sql', 'AS note', 'AS notes');
    await edit('queries/overdue-by-age.sql', 'FROM aged', 'FROM aged WHERE nothing > 0');
    await edit('queries/received-today.sql', 'countIf(accepted_at >= today)', 'countIf(accepted_at >= )');
    await edit('maps/quang-ninh-2019.geojson', '"unit":"H49.14"', '"unit":"H50.14"');
    await edit('imports/mot-cua.yaml', 'accepted_at: [Ngày tiếp nhận,', 'accepted_at: [NGÀY HẸN  TRẢ,');
    await edit('alerts/dc-humidity.yaml', 'pending x2 firing recovering normal x2', 'pending x3 recovering normal x2');
    await edit('alerts/dc-humidity.yaml', "subject=phong-may': medium", "subject=phong-may': high");
    const { code, lines } = check();
    const text = lines.map((line) => line.slice(line.indexOf('toan-canh-dashboards-') + 28)).join('\n');
    expect(code).toBe(1);
    expect(text).toMatch(
      /alerts\/dc-humidity\.yaml:\d+:\d+ tests\[1\]\.states\.unit=H49,subject=phong-may: waits ten minutes.*: evaluation 4: expected pending, got firing/,
    );
    expect(text).toMatch(/tests\[1\]\.severity\.\S+: waits ten minutes.*: expected to fire as high, got medium/);
    expect(text).toMatch(
      /imports\/mot-cua\.yaml:\d+:\d+ columns\.due_at\[0\]: .*"Ngày hẹn trả" stands for accepted_at already/,
    );
    expect(text).toMatch(
      /queries\/links-up\.yaml:\d+:\d+ rows\.note\.type: in live and history: "note" is String, declared number; allowed: text/,
    );
    expect(text).toMatch(
      /queries\/desks-waiting\.yaml:\d+:\d+ rows\.note: in live and history: "note" is UInt64; allowed: nullable: false/,
    );
    expect(text).toMatch(
      /queries\/threats-today\.yaml:\d+:\d+ rows: in live and history: the SQL gives a column "notes" that is not declared/,
    );
    expect(text).toMatch(
      /queries\/threats-today\.yaml:\d+:\d+ rows\.note: in live and history: the SQL gives no column "note"; did you mean "notes"/,
    );
    expect(text).toMatch(
      /queries\/overdue-by-age\.sql:21:1 in live and history: the database refuses it: syntax error near "ARRAY JOIN/,
    );
    expect(text).toMatch(
      /queries\/received-today\.sql:8:\d+ in live and history: the database refuses it: syntax error near "\) AS value/,
    );
    expect(text).toMatch(/maps\/quang-ninh-2019\.geojson:1:1 features\.13\.properties\.unit: unknown unit "H50\.14"/);
    expect(lines.at(-1)).toMatch(/, \d+ faults, \d+ ms$/);
  });

  it('shows one file, its SQL with it', () => {
    const { code, lines } = check(join(folder, 'queries/received-today.yaml'));
    expect(code).toBe(1);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('queries/received-today.sql:8:');
    expect(check('boards/nobody-has-it.yaml').code).toBe(2);
    expect(lines[1]).toMatch(/, 1 fault in queries\/received-today\.yaml, \d+ faults? in other files/);
  });
});
