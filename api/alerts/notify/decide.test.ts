import { describe, expect, it } from 'vitest';
import { InhibitionSchema, type WrittenInhibition } from '#dashboards/schema/inhibition.ts';
import { decide, type Known } from './decide.ts';
import { inhibitors } from './inhibit.ts';
import { fold, type Note } from './marks.ts';
import type { NotifyAlert } from './notify-alert.ts';
import { MORNING, testAlert, testConfig, testFiles } from './test-world.ts';

const MIN = 60_000;
const name = { vi: 'Thử', en: 'Test' };

/** Decides after notes; says who is told why, and what was noted. */
function decided(alerts: readonly NotifyAlert[], notes: readonly Note[], now: number, more: Partial<Known> = {}) {
  const marks = new Map();
  for (const note of notes) fold(marks, note);
  const known = {
    alerts: new Map(alerts.map((one) => [one.alert_id, one])),
    marks,
    last: new Map(),
    silences: [],
    ...more,
  };
  const { notices, notes: made } = decide(known, testConfig(), now);
  return {
    told: notices
      .map(({ receiver, reason, level }) => (level > 0 ? `${receiver} ${reason} ${level}` : `${receiver} ${reason}`))
      .sort(),
    noted: made.map(({ receiver, reason }) => `${receiver} ${reason}`).sort(),
  };
}
const note = (alert_id: string, receiver: string, reason: string, at: number): Note => ({
  alert_id,
  receiver,
  reason,
  level: 0,
  at,
});
const told = (id: string, at: number) => ['a', 'b', 'c'].map((receiver) => note(id, receiver, 'first', at));

describe('an alert', () => {
  const alert = testAlert('AL-1');
  it('waits for its group, and is then told', () => {
    expect(decided([alert], [], MORNING)).toEqual({
      told: [],
      noted: ['a group_wait', 'b group_wait', 'c group_wait'],
    });
    const waits = ['a', 'b', 'c'].map((receiver) => note('AL-1', receiver, 'group_wait', MORNING));
    expect(decided([alert], waits, MORNING + 9_000)).toEqual({ told: [], noted: [] });
    expect(decided([alert], waits, MORNING + 10_000)).toEqual({ told: ['a first', 'b first', 'c first'], noted: [] });
  });

  it('is told again after its interval unless somebody has it', () => {
    const later = MORNING + 10 * MIN;
    expect(decided([alert], told('AL-1', MORNING), later - 1).told).toEqual(['boss escalated 1']);
    expect(decided([alert], told('AL-1', MORNING), later).told).toContain('a repeat');
    expect(decided([testAlert('AL-1', { acknowledged: true })], told('AL-1', MORNING), later)).toEqual({
      told: [],
      noted: ['a acknowledged', 'b acknowledged', 'c acknowledged'],
    });
  });

  it('escalates while nobody owns it, each level once, and not before anybody was told', () => {
    const after = MORNING + 5 * MIN;
    expect(decided([alert], told('AL-1', MORNING), after - 1).told).toEqual([]);
    expect(decided([alert], told('AL-1', MORNING), after).told).toEqual(['boss escalated 1']);
    const reached: Note = { ...note('AL-1', 'boss', 'escalated', after), level: 1 };
    expect(decided([alert], [...told('AL-1', MORNING), reached], after + MIN).told).toEqual([]);
    expect(decided([testAlert('AL-1', { assignee: 'Nam' })], told('AL-1', MORNING), after).told).toEqual([]);
    expect(decided([alert], [], after).told).toEqual([]);
  });

  it.each([
    ['closed', { closed: true }],
    ['shelved', { shelved_until: MORNING + MIN }],
    ['assigned', { assignee: 'Nam' }],
  ])('that is %s is told to nobody', (reason, more) => {
    expect(decided([testAlert('AL-1', more)], [], MORNING).noted).toContain(`a ${reason}`);
  });

  it.each(['silence', 'maintenance'] as const)(
    'is held by a %s of its unit or one above, and its end is, too',
    (kind) => {
      const silence = {
        silence_id: 's',
        kind,
        matchers: [{ name: 'rule', op: '=~' as const, value: 'di.*' }],
        starts_at: MORNING,
        ends_at: MORNING + MIN,
        ended_at: null,
      };
      const held = kind === 'silence' ? 'silenced' : kind;
      const at = (unit_path: string) => decided([alert], [], MORNING, { silences: [{ ...silence, unit_path }] }).noted;
      expect(at('/H49/')).toContain(`a ${held}`);
      expect(at('/H49/H49.01/')).toContain(`a ${held}`);
      expect(at('/H49/H49.02/')).toContain('a group_wait');
      const over = testAlert('AL-1', { isResolved: true });
      const silences = [{ ...silence, unit_path: '/H49/' }];
      expect(decided([over], told('AL-1', MORNING - MIN), MORNING, { silences }).noted).toContain(`a ${held}`);
      expect(decided([over], told('AL-1', MORNING - MIN), MORNING + MIN, { silences }).noted).toContain(
        'a group_interval',
      );
    },
  );

  it('of little weight waits until work begins', () => {
    const low = testAlert('AL-1', { severity: 1 });
    const night = MORNING + 14 * 60 * MIN;
    expect(decided([low], [], night).noted).toEqual(['a quiet_hours', 'c quiet_hours']);
    expect(decided([low], [], MORNING).noted).toEqual(['a group_wait', 'c group_wait']);
  });

  it('that no route fits says so once', () => {
    const files = { ...testFiles(), routes: new Map() };
    const known = { alerts: new Map([['AL-1', alert]]), marks: new Map(), last: new Map(), silences: [] };
    expect(decide(known, testConfig(files), MORNING).notes).toMatchObject([{ receiver: '', reason: 'no_route' }]);
  });
});

describe('an inhibition', () => {
  const network = {
    centre: 'H49',
    rings: [{ id: 'outer' }, { id: 'inner', behind: 'outer' }],
    links: [
      { id: 'l1', unit: 'H49.01', ring: 'inner' },
      { id: 'l2', unit: 'H49.02', ring: 'inner' },
      { id: 'l2b', unit: 'H49.02' },
      { id: 'l3', unit: 'H49.03', from: 'H49.01' },
    ],
    paths: ['/H49/', '/H49/H49.01/', '/H49/H49.01/H49.01.01/', '/H49/H49.02/', '/H49/H49.03/'],
  };
  const held = (written: Partial<WrittenInhibition>, source: NotifyAlert, target: NotifyAlert) => {
    const inhibition = InhibitionSchema.parse({ name, source: ['rule=cut'], target: ['rule!=x'], ...written });
    return inhibitors([source, target], [inhibition], network)(target);
  };
  const cut = (labels: Record<string, string>) => testAlert('AL-1', { rule: 'cut', unit_path: '/H49/', labels });
  const silent = (unit_path: string) => testAlert('AL-2', { rule: 'silent', unit_path });

  it.each([
    ['/H49/H49.01/', true],
    ['/H49/H49.01/H49.01.01/', true],
    ['/H49/H49.03/', true],
    ['/H49/H49.02/', false],
    ['/H49/', false],
  ])('behind a ring holds what no other link reaches: %s %s', (path, isHeld) => {
    expect(held({ place: 'behind' }, cut({ ring: 'inner' }), silent(path))).toBe(isHeld);
    expect(held({ place: 'behind' }, cut({ ring: 'outer' }), silent(path))).toBe(isHeld);
  });

  it('behind a ring holds its links and the rings behind it, never itself nor the ring before it', () => {
    const links = (labels: Record<string, string>) => testAlert('AL-2', { rule: 'cut', labels });
    expect(held({ place: 'behind' }, cut({ ring: 'outer' }), links({ ring: 'inner' }))).toBe(true);
    expect(held({ place: 'behind' }, cut({ ring: 'inner' }), links({ ring: 'outer' }))).toBe(false);
    expect(held({ place: 'behind' }, cut({ ring: 'inner' }), links({ link: 'l1', ring: 'inner' }))).toBe(true);
    expect(held({ place: 'behind' }, cut({ ring: 'inner' }), links({ link: 'l3' }))).toBe(false);
    expect(held({ place: 'behind' }, cut({ link: 'l1' }), silent('/H49/H49.03/'))).toBe(true);
  });

  it('below a unit holds the unit and what is under it', () => {
    const source = testAlert('AL-1', { rule: 'cut', unit_path: '/H49/H49.01/' });
    expect(held({ place: 'below' }, source, silent('/H49/H49.01/H49.01.01/'))).toBe(true);
    expect(held({ place: 'below' }, source, silent('/H49/H49.02/'))).toBe(false);
  });

  it('by labels holds those that are alike, and no two sources each other', () => {
    const on = (id: string, rule: string, disk: string) => testAlert(id, { rule, labels: { disk } });
    expect(held({ equal: ['disk'] }, on('AL-1', 'cut', 'a'), on('AL-2', 'disk', 'a'))).toBe(true);
    expect(held({ equal: ['disk'] }, on('AL-1', 'cut', 'a'), on('AL-2', 'disk', 'b'))).toBe(false);
    expect(held({ equal: ['disk'] }, on('AL-1', 'cut', 'a'), on('AL-2', 'cut', 'a'))).toBe(false);
  });

  it('knows what an incident says is cut', () => {
    const ring = testAlert('AL-1', { rule: 'cut', labels: { id: 'ring_down:inner' } });
    expect(held({ place: 'behind' }, ring, silent('/H49/H49.01/'))).toBe(true);
    const link = testAlert('AL-2', { rule: 'link-down', labels: { id: 'link_down:/H49/H49.01/ l1' } });
    expect(link.match).toMatchObject({ link: 'l1' });
    expect(held({ place: 'behind' }, ring, link)).toBe(true);
  });

  it('ends with its source', () => {
    expect(held({ place: 'behind' }, { ...cut({ ring: 'inner' }), isResolved: true }, silent('/H49/H49.01/'))).toBe(
      false,
    );
  });
});
