import { describe, expect, it } from 'vitest';
import { foldShifts, shiftId, stepsOf, type ShiftEvent } from './fold-shifts.ts';

const AT = Date.parse('2026-11-22T00:00:00Z');
const event = (minute: number, type: string, actor: string, shift_id = 'CA-0', note = ''): ShiftEvent => ({
  at: AT + minute * 60_000,
  ...{ type, shift_id, actor, note },
});

describe('shifts', () => {
  it('begin with one that nobody took', () => {
    const { current, past } = foldShifts([]);
    expect(current).toMatchObject({ shift_id: 'CA-0', began_at: null, handed_at: null });
    expect(past).toEqual([]);
  });

  it('are signed over by one and by another, and the next begins', () => {
    const { current, past } = foldShifts([
      event(1, 'shift.noted', 'Lan', 'CA-0', 'mất điện'),
      event(2, 'shift.handed', 'Lan', 'CA-0', 'đã gọi điện lực'),
      event(3, 'shift.taken', 'Minh'),
      event(4, 'shift.noted', 'Minh', shiftId(AT + 180_000), 'đã có điện'),
    ]);
    expect(past).toMatchObject([{ handed_by: 'Lan', taken_by: 'Minh', notes: [{ text: 'mất điện' }] }]);
    expect(current).toMatchObject({ began_by: 'Minh', notes: [{ text: 'đã có điện' }], handed_at: null });
  });

  it('are handed once and taken once, and not taken before they are handed', () => {
    const { current, past } = foldShifts([
      event(1, 'shift.taken', 'Minh'),
      event(2, 'shift.handed', 'Lan'),
      event(3, 'shift.handed', 'Hoa'),
    ]);
    expect(past).toEqual([]);
    expect(current.handed_by).toBe('Lan');
  });

  it('are not taken by who handed them', () => {
    const { current } = foldShifts([event(2, 'shift.handed', 'Lan')]);
    expect(stepsOf(current, 'Lan')).toEqual(['note']);
    expect(stepsOf(current, 'Minh')).toEqual(['note', 'take']);
  });
});
