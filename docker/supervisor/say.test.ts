import { expect, test } from 'vitest';
import { createLineWriter, createSay } from './say.ts';

const log = JSON.stringify({ level: 40, time: 0, pid: 1, hostname: 'h', rows: 3, msg: 'insert failed' });
function written(isTTY: boolean): string {
  let text = '';
  const output = { write: (more: string) => void (text += more), isTTY };
  createSay(output)('engine', 'ready');
  const line = createLineWriter(output)('ingest');
  line(log);
  line('no JSON');
  return text;
}

test('without a terminal: no colours, and logs as they are', () => {
  const lines = written(false).split('\n');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d {2}engine {5}ready$/);
  expect(lines[1]).toBe(log);
  expect(lines[2]).toMatch(/ingest {5}no JSON$/);
  expect(written(false)).not.toContain('\u001b');
});

test('on a terminal: short logs that say whose they are', () => {
  const line = written(true).split('\n')[1] ?? '';
  expect(line).toContain('ingest');
  expect(line).toContain('insert failed');
  expect(line).not.toContain('hostname');
});
