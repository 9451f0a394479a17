// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import { DOSSIER_GROUPS, groupCounts, isOpenGroup, outcomesOf } from './outcome-groups.ts';

const ones = groupCounts({
  ...{ unknown: 1, waiting: 2, open_in_time: 4, open_due_soon: 8, open_overdue: 16, paused: 32 },
  ...{ finished_early: 64, finished_on_time: 128, finished_late: 256, withdrawn: 512, rejected: 1024, stopped: 2048 },
});

describe('groups of outcomes', () => {
  it('count what their lists hold', () => {
    const bit = new Map(OUTCOMES.map((outcome) => [outcome, ones[outcome]]));
    for (const group of DOSSIER_GROUPS)
      expect(ones[group]).toBe(outcomesOf(group).reduce((sum, outcome) => sum + (bit.get(outcome) ?? NaN), 0));
  });

  it('add up: what was received is in progress, finished, withdrawn or stopped', () => {
    expect(ones.received).toBe(ones.open + ones.finished + ones.withdrawn + ones.stopped);
  });

  it('know which are in progress', () => {
    expect(DOSSIER_GROUPS.filter(isOpenGroup)).toEqual([
      'open',
      'running',
      'open_in_time',
      'open_due_soon',
      'open_overdue',
      'paused',
    ]);
  });
});
