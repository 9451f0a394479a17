import { describe, expect, it } from 'vitest';
import { testAlert } from '../../alerts/notify/test-world.ts';
import { testProvince } from '../../test-boards.ts';
import { PostableAlertSchema, pushEvents, RESOLVE_TIMEOUT_MS, resolvedEvent } from './push.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const iso = (at: number) => new Date(at).toISOString();
const { units } = testProvince();
const terms = { now: NOW, units, unit: 'H49', scope: '/H49/', open: [], ends: new Map<string, number>() };
const labels = { alertname: 'Disk', severity: 'page', disk: 'sda' };
const push = (more: Record<string, unknown> = {}) => [PostableAlertSchema.parse({ labels, ...more })];
/** What the first push became. */
const open = testAlert('AM-0123456789ab', {
  ...{ rule: 'Disk', unit: 'H49', unit_path: '/H49/', labels: { severity: 'page', disk: 'sda' } },
  ...{ onset_at: NOW - 60_000, state_at: NOW - 60_000 },
});

describe('a pushed alert', () => {
  it('begins once, with the id of its labels and its onset, and counts for the timeout', () => {
    const [event] = pushEvents(push({ startsAt: iso(NOW - 60_000) }), terms);
    expect(event).toMatchObject({
      type: 'alert.firing',
      unit: 'H49',
      at: NOW,
      data: { rule: 'Disk', severity: 4, onset_at: iso(NOW - 60_000), until: iso(NOW + RESOLVE_TIMEOUT_MS) },
    });
    expect(event?.subject).toMatch(/^AM-[0-9a-f]{12}$/);
    expect(pushEvents(push({ startsAt: iso(NOW - 60_000) }), { ...terms, now: NOW + 1 })[0]?.id).toBe(event?.id);
  });

  it('keeps what was remarked on it and where it comes from, as far as there is room', () => {
    const annotations = { summary: 'Đầy', runbook_url: 'https://wiki.test/disk', long: 'x'.repeat(3_000), none: '' };
    const [event] = pushEvents(push({ annotations, generatorURL: 'http://prometheus.test/graph' }), terms);
    expect(event?.data.annotations).toEqual({
      ...{ summary: 'Đầy', runbook_url: 'https://wiki.test/disk', long: 'x'.repeat(2_000) },
      generatorURL: 'http://prometheus.test/graph',
    });
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`n${n}`, 'x']));
    expect(Object.keys(Object(pushEvents(push({ annotations: many }), terms)[0]?.data.annotations))).toHaveLength(20);
  });

  it('lies at the unit of its label where that is of the scope, else at the scope', () => {
    const at = (unit: string, scope = terms) => pushEvents(push({ labels: { ...labels, unit } }), scope)[0]?.unit;
    expect(at('H49.01')).toBe('H49.01');
    expect(at('H49.99')).toBe('H49');
    expect(at('H49.01', { ...terms, unit: 'H49.02', scope: '/H49/H49.02/' })).toBe('H49.02');
  });

  it('that is open goes on: until when is noted anew now and then, not at each push', () => {
    const noted = (at: number) => ({ ...terms, open: [open], ends: new Map([[open.alert_id, at]]) });
    expect(pushEvents(push(), noted(NOW + RESOLVE_TIMEOUT_MS - 60_000))).toEqual([]);
    expect(pushEvents(push(), noted(NOW + 60_000))).toMatchObject([
      { type: 'alert.measured', subject: open.alert_id, data: { until: iso(NOW + RESOLVE_TIMEOUT_MS) } },
    ]);
  });

  it('is over when that is said, and never before it began', () => {
    const known = { ...terms, open: [open] };
    expect(pushEvents(push({ endsAt: iso(NOW) }), known)).toMatchObject([{ type: 'alert.resolved', at: NOW }]);
    expect(pushEvents(push({ endsAt: iso(NOW) }), terms)).toEqual([]);
    expect(resolvedEvent(open, open.state_at - 5_000).at).toBe(open.state_at + 1);
  });

  it('takes the instant that Go writes for none as not said', () => {
    const nothing = '0001-01-01T00:00:00.000Z';
    expect(pushEvents(push({ startsAt: nothing, endsAt: nothing }), terms)).toMatchObject([
      { type: 'alert.firing', data: { onset_at: iso(NOW) } },
    ]);
  });
});
