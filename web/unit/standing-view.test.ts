// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { causeQuery, measureQuery } from './standing-view.ts';

const SINCE = Date.UTC(2026, 9, 18, 17);
const finished_from = '2026-10-18T17:00:00.000Z';

describe('a figure of the standing', () => {
  it('opens the list that it counts', () => {
    expect(measureQuery('overdue_share', 'H49', SINCE)).toEqual({ unit: 'H49', state: 'open_overdue' });
    expect(measureQuery('on_time_share', 'H49', SINCE)).toEqual({ unit: 'H49', state: 'finished_late', finished_from });
    expect(measureQuery('early_share', 'H49', SINCE)).toEqual({ unit: 'H49', state: 'finished_early', finished_from });
  });
  it('opens the list of a cause, but of one that no source named', () => {
    expect(causeQuery('overdue_step', 'Một cửa', 'H49', SINCE)).toEqual({
      unit: 'H49',
      state: 'open_overdue',
      step: 'Một cửa',
    });
    expect(causeQuery('late_procedure', '1.1', 'H49', SINCE)).toEqual({
      unit: 'H49',
      state: 'finished_late',
      procedure: '1.1',
      finished_from,
    });
    expect(causeQuery('overdue_procedure', '', 'H49', SINCE)).toBeUndefined();
  });
});
