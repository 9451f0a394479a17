// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { detail, dossier, TEST_AT } from '../test-dossiers.ts';
import { strip, timeline } from './timeline.ts';
import { workingSpan } from './working-span.ts';

const HOUR = 3_600_000;

describe('a length of working time', () => {
  const t = (key: string, values?: Record<string, unknown>): string =>
    `${key.replace('desk.working.', '')} ${Object.values(values ?? {}).join(' ')}`;
  it.each([
    [26 * HOUR, 8 * HOUR, 'days_hours 3 2'],
    [-8 * HOUR, 8 * HOUR, 'days 1'],
    [7.5 * HOUR, 8 * HOUR, 'hours 7'],
    [12 * 60_000, 8 * HOUR, 'minutes 12'],
    [0, 8 * HOUR, 'minutes 0'],
    [8 * HOUR, 4 * HOUR, 'days 2'],
    [9 * HOUR, 0, 'hours 9'],
  ])('of %d ms in days of %d ms', (ms, day, text) => expect(workingSpan(ms, day, t)).toBe(text));
});

describe('the timeline', () => {
  it('is in the order of what happened, with the promise and now in their places', () => {
    const shuffled = detail('a');
    shuffled.steps.reverse();
    expect(
      timeline(shuffled).map((item) => [item.kind, item.kind === 'event' ? item.step.type : '', item.isPaused]),
    ).toEqual([
      ['event', 'dossier.received', false],
      ['event', 'dossier.paused', true],
      ['event', 'dossier.resumed', false],
      ['due', '', false],
      ['now', '', false],
    ]);
  });

  it('says what was heard of late, and which event changed the promise', () => {
    const [first, second, third] = detail('a').steps;
    if (!first || !second || !third) throw new Error('no steps');
    const due = TEST_AT + HOUR;
    const items = timeline(
      detail('a', {
        steps: [
          { ...first, due_at: due },
          { ...second, due_at: due },
          { ...third, due_at: due + HOUR },
        ],
      }),
    );
    const events = items.filter((item) => item.kind === 'event');
    expect(events.map((item) => item.due_at)).toEqual([due, null, due + HOUR]);
    expect(events.map((item) => item.late_ms)).toEqual([null, 10 * HOUR, null]);
  });

  it('has no now once a dossier is finished', () =>
    expect(
      timeline(detail('a', { dossier: dossier('a', { finished_at: TEST_AT - 50 * HOUR }) })).some(
        (item) => item.kind === 'now',
      ),
    ).toBe(false));
});

describe('the strip', () => {
  it('draws what ran, what is late and what rested, within its length', () => {
    const drawn = strip(detail('a'));
    expect(drawn?.stretches.map((each) => each.kind)).toEqual(['ran', 'late', 'paused']);
    for (const each of drawn?.stretches ?? []) {
      expect(each.from).toBeGreaterThanOrEqual(0);
      expect(each.from + each.length).toBeLessThanOrEqual(100.0001);
    }
    expect(drawn?.now).toBe(100);
    expect(drawn?.own_due).toBeLessThan(drawn?.due ?? 0);
  });

  it('runs to a promise that is ahead', () => {
    const row = dossier('a', { due_at: TEST_AT + 100 * HOUR, outcome: 'open_in_time' });
    const drawn = strip(detail('a', { dossier: row, pauses: [] }));
    expect(drawn?.stretches.map((each) => each.kind)).toEqual(['ran', 'ahead']);
    expect(drawn?.due).toBe(100);
  });

  it('is not drawn for a dossier that was not accepted', () =>
    expect(strip(detail('a', { dossier: dossier('a', { accepted_at: null }) }))).toBeNull());
});
