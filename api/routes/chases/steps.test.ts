import { describe, expect, it } from 'vitest';
import { CHASE_STEPS, isPossible, isTheirs } from './steps.ts';

const ROOT = '/H49/';
const chase = { unit_path: '/H49/H49.02/', sent_by: 'Trực ban' };
const theirs = (scope: string, actor: string, of = chase) =>
  CHASE_STEPS.filter((step) => isTheirs(step, of, { scope, actor }, ROOT));

describe('the steps of a chase', () => {
  it('are to acknowledge and answer for the unit that was asked, and to close for those above it', () => {
    expect(theirs('/H49/H49.02/', 'Trung tâm')).toEqual(['acknowledge', 'answer']);
    expect(theirs(ROOT, 'Trực ban khác')).toEqual(['answer', 'close']);
    // a unit whose path merely begins alike is not above
    expect(theirs('/H49/H49.02/', 'Trung tâm', { ...chase, unit_path: '/H49/H49.02/H49.02.01/' })).toContain('close');
  });

  it('are to close for whoever asked the own unit, and everything for the province of itself', () => {
    expect(theirs('/H49/H49.02/', 'Trung tâm', { ...chase, sent_by: 'Trung tâm' })).toEqual(['answer', 'close']);
    expect(theirs(ROOT, 'Trực ban', { ...chase, unit_path: ROOT })).toEqual([...CHASE_STEPS]);
  });

  it('end with the chase, and nothing is acknowledged twice', () => {
    const left = (
      state: 'sent' | 'acknowledged' | 'answered' | 'escalated' | 'closed',
      acknowledged_at: number | null,
    ) => CHASE_STEPS.filter((step) => isPossible(step, { state, acknowledged_at }));
    expect(left('sent', null)).toEqual(['acknowledge', 'answer', 'close']);
    expect(left('acknowledged', 1)).toEqual(['answer', 'close']);
    expect(left('escalated', 1)).toEqual(['answer', 'close']);
    expect(left('answered', null)).toEqual(['close']);
    expect(left('closed', null)).toEqual([]);
  });
});
