// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testAlert } from '../alerts/test-alerts.ts';
import { TAKEOVER_MS, takingOver } from './takeover.ts';

const NOW = Date.parse('2026-11-21T02:41:27Z');
const critical = testAlert({ severity: 4, fired_at: NOW - 60_000 });

describe('a takeover of the wall', () => {
  it('is by a new critical alert that nobody has', () => expect(takingOver([critical], NOW)).toEqual([critical]));

  it('ends when somebody has it, when it recovers, and after its time', () => {
    expect(takingOver([{ ...critical, human: 'acknowledged' }], NOW)).toEqual([]);
    expect(takingOver([{ ...critical, state: 'recovering' }], NOW)).toEqual([]);
    expect(takingOver([critical], NOW + TAKEOVER_MS)).toEqual([]);
  });

  it('is by nothing less grave, and by the newest of several', () => {
    const newer = { ...critical, alert_id: 'AL-2', fired_at: NOW - 5_000 };
    expect(takingOver([{ ...critical, severity: 3 }, critical, newer], NOW)).toEqual([newer, critical]);
  });
});
