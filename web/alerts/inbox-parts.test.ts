// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { alertAction } from './alert-keys.ts';
import { shelfEnd } from './shelf-times.ts';
import { testAlert } from './test-alerts.ts';
import { undoOf } from './undo-of.ts';

const press = (key: string, more = {}) => alertAction({ key, shift: false, modified: false, place: 'list', ...more });

describe('the keys of the inbox', () => {
  it('act, move, mark and take back', () => {
    expect(press('n')).toEqual({ kind: 'do', doing: 'acknowledge' });
    expect(press('j')).toEqual({ kind: 'move', by: 1, extend: false });
    expect(press('x')).toEqual({ kind: 'mark' });
    expect(press('u')).toEqual({ kind: 'undo' });
  });

  it('are left to fields and to the browser, and know nothing of dossiers', () => {
    expect(press('n', { place: 'text' })).toBeUndefined();
    expect(press('n', { modified: true })).toBeUndefined();
    expect(press('c')).toBeUndefined();
    expect(press('s')).toBeUndefined();
  });
});

describe('what was done is taken back', () => {
  const free = testAlert();
  const taken = testAlert({ alert_id: 'AL-2', assignee: 'Lan', acknowledged_at: 1, acknowledged_by: 'Lan' });

  it('by its contrary, for those alone that it changed', () => {
    expect(undoOf({ act: 'acknowledge', alert_ids: [] }, [free, taken])).toEqual([
      { act: 'unacknowledge', alert_ids: ['AL-1'] },
    ]);
    expect(undoOf({ act: 'close', alert_ids: [] }, [free])).toEqual([{ act: 'reopen', alert_ids: ['AL-1'] }]);
  });

  it('to whoever had it', () =>
    expect(undoOf({ act: 'assign', alert_ids: [], assignee: 'Minh' }, [free, taken])).toEqual([
      { act: 'assign', alert_ids: ['AL-1'], assignee: '' },
      { act: 'assign', alert_ids: ['AL-2'], assignee: 'Lan' },
    ]));

  it('but a comment stays', () => expect(undoOf({ act: 'comment', alert_ids: [] }, [free])).toEqual([]));
});

describe('a shelf', () => {
  const zone = 'Asia/Ho_Chi_Minh';
  it('is for minutes, or until seven in the morning', () => {
    const night = Date.parse('2026-11-21T23:00:00+07:00');
    expect(shelfEnd('15', night, zone)).toBe('2026-11-21T16:15:00.000Z');
    expect(shelfEnd('morning', night, zone)).toBe('2026-11-22T00:00:00.000Z');
    expect(shelfEnd('morning', Date.parse('2026-11-22T01:00:00+07:00'), zone)).toBe('2026-11-22T00:00:00.000Z');
  });
});
