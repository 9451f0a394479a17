import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cell } from '#api/contract.ts';
import { useClock } from '../../stores/clock.ts';
import { testBoard, testMetric, testSnapshot } from '../../test-board.ts';
import { answerRequests, mountAt, settle } from '../../test-mount.ts';
import { testAlert } from '../../alerts/test-alerts.ts';
import AlertRow from './AlertRow.vue';
import PanelAlerts from './PanelAlerts.vue';

const base = testBoard().board.panels.received;
const view = {
  id: 'alerts',
  keys: {},
  metric: testMetric(),
  panel: { ...base, kind: 'alerts', options: { top: 3 }, opens: '/unit/{unit}' },
};
const NOW = Date.parse('2026-11-21T02:41:27Z');
const columns = ['id', 'severity', 'kind', 'unit', 'since', 'value', 'count'];
const ring: Cell[] = ['a', 4, 'ring_down', 'H49.12', NOW - 6 * 60_000, 14, 14];
const silent: Cell[] = ['b', 2, 'unit_silent', 'H49.09', NOW - 49 * 60_000, null, null];
const strange: Cell[] = ['c', 1, 'new_kind', '?', null, null, null];

async function draw(rows: Cell[][]) {
  const { page } = await mountAt(PanelAlerts, {
    props: { view, results: { main: testSnapshot('k', columns, rows) }, state: 'fresh' },
  });
  useClock(page.vm.$pinia).hear(NOW);
  await settle();
  return page;
}

describe('the alert rail', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('says severity, what, what it costs, since when, and that nobody has it', async () => {
    const page = await draw([ring, silent]);
    const [first, second] = page.findAll('.alert');
    expect(first?.attributes('data-severity')).toBe('critical');
    expect(first?.text()).toContain('Nghiêm trọng');
    expect(first?.text()).toContain('Đứt vòng Vân Đồn');
    expect(first?.text()).toContain('14 nơi mất một cửa');
    expect(first?.text()).toContain('6 phút');
    expect(first?.get('.nobody').text()).toBe('chưa ai nhận');
    expect(second?.text()).toContain('Đầm Hà ngừng gửi');
    expect(second?.text()).toContain('lần cuối 08:52');
    page.unmount();
  });

  it('says how many of those cut off are silent, and that there is another way where nobody is cut off', async () => {
    const names = [...columns, 'silent'];
    const { page } = await mountAt(PanelAlerts, {
      props: {
        view,
        results: {
          main: testSnapshot('k', names, [
            [...ring, 5],
            ['d', 3, 'ring_down', 'H49.09', NOW, 14, 0, 0],
          ]),
        },
        state: 'fresh',
      },
    });
    await settle();
    expect(page.findAll('.alert').map((alert) => alert.get('.cost').text())).toEqual([
      '5/14 nơi ngừng gửi',
      'còn đường dự phòng',
    ]);
    page.unmount();
  });

  it('leads to the unit concerned', async () => {
    const page = await draw([ring]);
    expect(page.get('.alert a').attributes('href')).toBe('/unit/H49.12');
    page.unmount();
  });

  it('shows a kind that it has no words for, rather than hide it', async () => {
    const page = await draw([strange]);
    expect(page.get('.alert').text()).toContain('new_kind');
    page.unmount();
  });

  it('shows no more than asked', async () => {
    const page = await draw(Array.from({ length: 50 }, (_, index) => [`a${index}`, ...ring.slice(1)]));
    expect(page.findAll('.alert')).toHaveLength(3);
    page.unmount();
  });

  it('says that there is none', async () => {
    const page = await draw([]);
    expect(page.text()).toContain('Không có cảnh báo nào');
    page.unmount();
  });

  it('names what tells alerts of one rule and unit apart, where the whole sentence has no room', async () => {
    const summary = (name: string) => `Nguồn ${name} im lặng 16 phút, quá giới hạn của nó`;
    const alert = (id: string, name: string) => ({
      ...testAlert({ alert_id: id, rule: 'source-silent', unit: 'H49', text: name, value: 16 }),
      texts: {
        ...{ name: { vi: 'Nguồn dữ liệu im lặng', en: 'Source silent' }, description: { vi: '', en: '' } },
        ...{ summary: { vi: summary(name), en: '' }, runbook: { vi: [], en: [] }, opens: null },
        value: { unit: { vi: 'phút', en: 'min' }, decimals: 0 },
      },
    });
    const counts = { open: 2, unseen: 2, critical: 0, mine: 0, shelved: 0, resolved_unseen: 0 };
    const rows = [alert('s1', 'cam-bien'), alert('s2', 'lgsp')];
    answerRequests({ '/api/alerts': { at: NOW, count: 2, rows, counts } });
    const row = { ...{ severity: 'high' as const, kind: 'source-silent', unit: 'H49', since: NOW, value: 16 } };
    const costs: string[] = [];
    for (const { alert_id: id, text: subject } of rows) {
      const { page } = await mountAt(AlertRow, {
        props: {
          alert: { id, ...row, count: null, silent: null, subject, owner: '', ruled: true },
          ...{ to: undefined, room: 540 },
        },
      });
      await settle();
      costs.push(page.get('.cost').text());
      page.unmount();
    }
    expect(costs).toEqual(['cam-bien: 16 phút', 'lgsp: 16 phút']);
  });
});
