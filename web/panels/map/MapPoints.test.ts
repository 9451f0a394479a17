import { describe, expect, it, vi } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { answerRequests, mountAt } from '../../test-mount.ts';
import MapPoints from './MapPoints.vue';
import type { MapPoint } from './map-points.ts';

const view = { width: 200, height: 100, place: () => ({ x: 1, y: 1 }), corner: 'top-left' as const };
const points = Array.from({ length: 60 }, (_, n): MapPoint => ({
  ...{ id: `p${n}`, unit: 'H49.12', place: n === 59 ? '' : `Trạm ${n}`, value: n === 58 ? null : n, step: 1 },
  ...{ severity: null, at: { x: n, y: 9 }, seated: false, row: {} },
}));

describe('points', () => {
  it('are links for the keyboard, the worst first, named by their place or unit, and say which has the focus', async () => {
    answerRequests();
    const props = { view, points, metric: testMetric(), pointed: 'p57', pathOf: ({ id }: MapPoint) => `/readings?place=${id}` };
    const { page } = await mountAt(MapPoints, { props });
    await vi.waitFor(() => expect(page.text()).toContain('Vân Đồn'));
    const links = page.findAll('a');
    expect(links).toHaveLength(40);
    expect(links.slice(0, 3).map((link) => link.text())).toEqual(['Vân Đồn: 59 hồ sơ', 'Trạm 58: —', 'Trạm 57: 57 hồ sơ']);
    expect(links[0]?.attributes('href')).toBe('/readings?place=p59');
    await links[0]?.trigger('focus');
    expect(page.emitted('point')).toEqual([['p59']]);
    expect(page.get('.tip').text()).toBe('Trạm 57 57 hồ sơ');
    page.unmount();
    vi.unstubAllGlobals();
  }); // prettier-ignore
});
