import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('does work on one thing in turn, also after a failure, and on another beside it', async () => {
  const inTurn = createTurns();
  const said: string[] = [];
  const work = (text: string, ms: number) => async () => {
    said.push(`${text} begins`);
    await sleep(ms);
    said.push(`${text} ends`);
    if (text === 'a') throw new Error('a fails');
    return text;
  };
  const all = [inTurn('one', work('a', 20)), inTurn('one', work('b', 0)), inTurn('two', work('c', 5))];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(said.filter((each) => !each.startsWith('c'))).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(said.indexOf('c ends')).toBeLessThan(said.indexOf('b begins'));
});
