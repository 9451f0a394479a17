import { describe, expect, it } from 'vitest';
import { createIntakeTally, intakeRowOf, reportsOf } from './intake-report.ts';

const moment = { process: 'test', at: 1_000 };

describe('what came by the entries', () => {
  it('is told by source and in sum, also of an entry by which nothing came', () => {
    const tally = createIntakeTally();
    tally.count('a', 'eve', 'accepted', 3);
    tally.count('a', 'eve', 'rejected', 1);
    tally.count('b', 'eve', 'duplicate', 2);
    tally.count('b', 'eve', 'dropped', 1);
    const records = reportsOf(tally.take(), moment, 15_000, ['eve', 'dvcqg']);
    expect(
      records.map(({ subject, data }) => [subject, data.accepted, data.duplicate, data.rejected, data.received]),
    ).toEqual([
      ['eve/a', 3, 0, 1, 4],
      ['eve/b', 1, 2, 0, 3],
      ['eve', 4, 2, 1, 7],
      ['dvcqg', 0, 0, 0, 0],
    ]);
    expect(tally.take()).toEqual([]);
  });

  it('is not lost when it could not be stored', () => {
    const tally = createIntakeTally();
    tally.count('a', 'eve', 'accepted', 3);
    const taken = tally.take();
    tally.count('a', 'eve', 'accepted', 2);
    tally.giveBack(taken);
    expect(tally.take()).toMatchObject([{ name: 'a', accepted: 5 }]);
  });

  it('does not grow with the names that senders make up', () => {
    const tally = createIntakeTally();
    for (let n = 0; n < 1_000; n += 1) tally.count(`s${n}`, 'eve', 'accepted', 1);
    const taken = tally.take();
    expect(taken.length).toBeLessThan(400);
    expect(taken.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1_000);
  });

  it('is the same event whenever it is read', () => {
    const [record] = reportsOf([], moment, 15_000, ['eve']);
    if (!record) throw new Error('there is one');
    expect(intakeRowOf(record).event_key).toBe(intakeRowOf(record, 5_000).event_key);
    expect(intakeRowOf(record)).toMatchObject({
      source: 'toan-canh/test',
      subject: 'eve',
      entry: 'eve',
      heard_at: null,
    });
  });
});
