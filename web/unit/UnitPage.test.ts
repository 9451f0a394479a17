import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UnitFigures, UnitNetwork, UnitStanding } from '#api/contract-units.ts';
import { chase, counts, dossier, page as listPage, summary, TEST_AT } from '../desk/test-dossiers.ts';
import { answerRequests, mountAt, settle, TEST_PROVINCE } from '../test-mount.ts';
import UnitPage from './UnitPage.vue';

const [root, first, second] = TEST_PROVINCE.units;
if (!root || !first || !second) throw new Error('the province for tests has three units');
const ROOT = root;
const NO_NETWORK: UnitNetwork = { at: TEST_AT, links: null, threats: null };

function figures(change: Partial<UnitFigures> = {}): UnitFigures {
  const own = counts({ open: 4, open_overdue: 3, paused: 1, received: 9, finished: 5 });
  return { at: TEST_AT, rule: 'province', unit: ROOT, counts: own, own: null, unknown: null, children: [], ...change };
}

function standing(change: Partial<UnitStanding> = {}): UnitStanding {
  const own = { open: 4, overdue: 3, ended: 0, late: 0, early: 0 };
  const shares = { overdue_share: 75, on_time_share: null, early_share: null, median_ms: null };
  return {
    at: TEST_AT,
    rule: 'province',
    since: TEST_AT - 30 * 86_400_000,
    own: { ...own, ...shares },
    province: {
      ...own,
      open: 100,
      overdue: 5,
      overdue_share: 5,
      on_time_share: 97.5,
      early_share: 50,
      median_ms: 8.64e7,
    },
    ranks: { overdue_share: { place: 12, of: 14 }, on_time_share: null, early_share: null, median_ms: null },
    causes: {
      overdue_procedure: [{ key: '1.003560', label: 'Đăng ký khai sinh', of: 3, bad: 3, points: 71.25 }],
      overdue_step: [{ key: '', label: '', of: 3, bad: 3, points: 71.25 }],
      late_procedure: [],
    },
    ...change,
  };
}

/** Answers all that the page of `unit` asks for. */
function answer(unit: UnitFigures, more: Record<string, unknown> = {}): string[] {
  const { code } = unit.unit;
  return answerRequests({
    [`/api/units/${code}`]: unit,
    [`/api/units/${code}/standing`]: standing(),
    [`/api/units/${code}/network`]: NO_NETWORK,
    '/api/dossiers/summary': summary('age', [
      { key: 'late_1_3d', counts: { open: 3 } },
      { key: 'due_24h', counts: { open: 2 } },
      { key: 'missing', counts: { open_overdue: 1 } },
    ]),
    '/api/dossiers': listPage([dossier('H49.12-261101-0001')], { count: 7 }),
    '/api/chases': { at: TEST_AT, rows: [chase('DD-1'), chase('DD-2', { state: 'closed', closed_at: TEST_AT })] },
    ...more,
  });
}

async function open(id: string) {
  // the connection is the wall's own, and tested there
  const mounted = await mountAt(UnitPage, { props: { id }, stubs: ['UnitLive'] });
  // the rest is asked for once the first figures are drawn
  await vi.waitFor(async () => {
    await settle();
    if (!mounted.page.find('.below').exists()) throw new Error('not yet');
  });
  await settle();
  return mounted.page;
}

describe('the page of a unit', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it('says what to deal with first, each count leading to its list', async () => {
    answer(figures());
    const page = await open('H49');
    const jobs = page
      .findAll('[data-job]')
      .map((job) => [job.attributes('data-job'), job.get('[data-value]').text(), job.attributes('href')]);
    expect(jobs).toEqual([
      ['overdue', '3', '/desk?unit=H49&state=open_overdue'],
      ['apology', '1', '/desk?unit=H49&state=open_overdue&apology=missing'],
      ['due_24h', '2', '/desk?unit=H49&state=open&age=due_24h'],
      ['due_3wd', '0', '/desk?unit=H49&state=open&age=due_3wd'],
      ['paused', '1', '/desk?unit=H49&state=paused'],
    ]);
    const row = page.get('[data-list="worst"] [data-dossier]');
    expect(row.text()).toContain('trễ 2 giờ');
    expect(row.text()).toContain('Phòng Tư pháp');
    expect(page.get('[data-list="worst"] .all').text()).toBe('Mở cả 7');
    page.unmount();
  });

  it('puts its figures beside those of the province, with its place and why', async () => {
    answer(figures({ unit: first }));
    const page = await open('H49.12');
    expect(page.get('[data-measure="overdue_share"]').text()).toMatch(/75,0 %.*5,0 %.*12\/14/);
    // missing is not zero, and no place is not the last
    expect(page.get('[data-measure="on_time_share"]').text()).toMatch(/—.*97,5 %.*—/);
    const cause = page.get('[data-causes="overdue_procedure"] li');
    expect(cause.text()).toMatch(/Đăng ký khai sinh.*3 trên 3.*giảm 71,3 điểm %/);
    expect(cause.get('a').attributes('href')).toBe('/desk?unit=H49.12&state=open_overdue&procedure=1.003560');
    // what no source named cannot be asked for
    const unnamed = page.get('[data-causes="overdue_step"] li');
    expect(unnamed.text()).toContain('nguồn không cho biết');
    expect(unnamed.find('a').exists()).toBe(false);
    page.unmount();
  });

  it('lists the units below, the latest first, and what is at the unit itself, adding up', async () => {
    const children = [
      { unit: second, counts: null },
      { unit: first, counts: counts({ open: 3, open_overdue: 2 }) },
    ];
    const [own, unknown] = [counts({ open: 1, open_overdue: 1 }), counts({ open: 2 })];
    answer(figures({ children, own, unknown }));
    const page = await open('H49');
    expect(page.findAll('[data-unit]').map((row) => row.attributes('data-unit'))).toEqual([
      ...['H49.12', 'H49.09', 'own', 'unknown'],
    ]);
    expect(page.get('[data-unit="H49.09"]').text()).toMatch(/—/);
    expect(page.get('[data-unit="own"]').text()).toContain('Tại Tỉnh Thử');
    const listOf = (row: string) => page.get(`[data-unit="${row}"] td a`).attributes('href');
    expect(['H49.12', 'own', 'unknown'].map(listOf)).toEqual([
      '/desk?unit=H49.12&state=open',
      '/desk?unit=H49&own=1&state=open',
      '/desk?unit=?&state=open',
    ]);
    expect(page.find('[data-unit="unknown"] th a').exists()).toBe(false);
    expect(page.get('[data-total]').text()).toMatch(/^Cộng\s*4\s*3/);
    page.unmount();
  });

  it('has its chases answered where they are', async () => {
    answer(figures());
    const page = await open('H49');
    expect(page.get('[data-chases]').text()).toBe('1');
    expect(page.findAll('[data-chase]').map((card) => card.attributes('data-chase'))).toEqual(['DD-1']);
    expect(page.findAll('[data-step]').map((button) => button.attributes('data-step'))).toContain('answer');
    page.unmount();
  });

  it('tells links that are down or silent, since when, and alerts by severity', async () => {
    const link = { unit: 'H49.12', ring: '', simulated: 0, latency_ms: null };
    const network: UnitNetwork = {
      at: TEST_AT,
      links: {
        counts: { down: 1, silent: 1, up: 9 },
        rows: [
          { ...link, link_id: 'a', state: 'down', since: TEST_AT - 3.6e6 },
          { ...link, link_id: 'b', state: 'silent', since: TEST_AT - 1.2e6 },
        ],
      },
      threats: {
        by_severity: [0, 4, 0, 0, 1],
        rows: [
          { id: 't', observed_at: TEST_AT, unit: 'H49.12', severity: 4, signature: 'Dò quét', asset: '', simulated: 0 },
        ],
      },
    };
    answer(figures(), { '/api/units/H49/network': network });
    const page = await open('H49');
    expect(page.get('[data-link="a"]').text()).toMatch(/mất.*Vân Đồn.*từ 21\/11\/2026 08:41 \(1 giờ\)/);
    expect(page.get('[data-link="b"]').text()).toMatch(/im.*20 phút/);
    expect(page.findAll('[data-severity]').map((one) => one.text())).toEqual(['Nghiêm trọng 1', 'Thấp 4']);
    expect(page.text()).toContain('Dò quét');
    page.unmount();
  });

  it('tells nothing known from none at all, in every part', async () => {
    const none = { open: 0, overdue: 0, ended: 0, late: 0, early: 0 };
    const shares = { overdue_share: null, on_time_share: null, early_share: null, median_ms: null };
    answer(figures({ counts: null }), {
      '/api/units/H49/standing': standing({ own: { ...none, ...shares } }),
      '/api/dossiers': listPage([]),
      '/api/dossiers/summary': summary('age', []),
      '/api/chases': { at: TEST_AT, rows: [] },
    });
    const page = await open('H49');
    for (const words of [
      'Chưa nhận được hồ sơ nào của đơn vị này.',
      'Chưa có hồ sơ nào để so.',
      'Không có phiếu đôn đốc nào đang chờ trả lời.',
      'Chưa có tin nào về đường truyền của đơn vị này.',
      'Chưa có tin nào của cảm biến',
      'Không có đơn vị trực thuộc.',
    ])
      expect(page.text()).toContain(words);
    expect(page.findAll('[data-value]')).toEqual([]);
    page.unmount();
  });

  it('shows the last figures with their instant when the page is opened and nothing answers', async () => {
    answer(figures());
    (await open('H49')).unmount();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    const page = await open('H49');
    expect(page.get('[data-job="overdue"]').text()).toContain('3');
    expect(page.get('[data-as-of]').text()).toBe(
      'Máy chủ không trả lời. Trang tự thử lại. Số liệu lúc 21/11/2026 09:41',
    );
    expect(page.findAll('.section').every((part) => part.classes('stale'))).toBe(true);
    page.unmount();
  });

  it('forgets what it kept when the server has nothing for whoever looks', async () => {
    answer(figures());
    (await open('H49')).unmount();
    answerRequests({});
    const { page } = await mountAt(UnitPage, { props: { id: 'H49' }, stubs: ['UnitLive'] });
    expect(page.find('[data-job]').exists()).toBe(false);
    expect(localStorage.getItem('toan-canh.kept./api/units/H49')).toBeNull();
    page.unmount();
  });

  it('asks once for a unit that is not there, and for nothing that would be shown of it', async () => {
    const asked = answerRequests({});
    const { page } = await mountAt(UnitPage, { props: { id: 'H31' }, stubs: ['UnitLive'] });
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 20)));
    await settle();
    expect(asked.filter((url) => url.startsWith('/api/units/H31'))).toEqual(['/api/units/H31']);
    expect(asked.some((url) => url.startsWith('/api/chases'))).toBe(false);
    page.unmount();
  });
});
