import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { useClock } from '../../stores/clock.ts';
import { answerRequests, mountAt } from '../../test-mount.ts';
import MapPulses from './MapPulses.vue';

const NOW = Date.parse('2026-11-21T02:41:27Z');
const view = { width: 200, height: 100, place: () => ({ x: 1, y: 1 }), corner: 'top-left' as const };
const columns = ['id', 't', 'unit', 'severity'];

/** A layer of rings of events so many ms old, each at its own place. */
async function open(ages: number[]) {
  const rows = ages.map((age, n) => [String(n), NOW - age, String(n), 3]);
  const placeOf = (row: { text: (column: string) => string | null }) => ({ at: { x: Number(row.text('unit')), y: 9 }, seated: true }); // prettier-ignore
  const { page } = await mountAt(MapPulses, { props: { view, result: { columns, rows }, placeOf, lastsMs: 600_000 } });
  const clock = useClock(page.vm.$pinia);
  clock.hear(NOW);
  await nextTick();
  return { page, clock };
}

describe('rings', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => void vi.unstubAllGlobals());

  it('run out in waves while they are new, from where their age has brought them, and not a second longer', async () => {
    const { page, clock } = await open([1_000, 90_000]);
    const waves = page.findAll('.wave');
    expect(waves).toHaveLength(1);
    expect(waves[0]?.attributes('style')).toContain('animation-delay: -1000ms');
    clock.hear(NOW + 5_000);
    await nextTick();
    expect(page.findAll('.wave')).toEqual([]);
    page.unmount();
  });

  it('stand still when none is new', async () => {
    const { page } = await open([90_000]);
    expect(page.findAll('.wave')).toEqual([]);
    page.unmount();
  });
});
