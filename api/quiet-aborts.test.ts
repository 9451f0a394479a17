// @vitest-environment node
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { quietAborts } from './quiet-aborts.ts';

test('a reply that was broken off is no error in the log; everything else stays as it is', () => {
  const lines: { level: number; msg: string }[] = [];
  const log = pino(
    { level: 'debug', hooks: { logMethod: quietAborts } },
    { write: (line) => void lines.push(JSON.parse(line)) },
  );
  log.error(new Error('premature close'));
  log.error(new Error('the disk is full'));
  log.error({ err: new Error('x') }, 'the query failed');
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [20, 'premature close'],
    [50, 'the disk is full'],
    [50, 'the query failed'],
  ]);
});
