import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../../test-mount.ts';
import PanelImage from './PanelImage.vue';

async function open() {
  const options = { file: 'so-do.svg', alt: { vi: 'Sơ đồ phòng máy', en: 'Plan of the server room' }, fit: 'contain' };
  return mountAt(PanelImage, { props: { view: { panel: { kind: 'image', options } }, results: {}, state: 'fresh' } });
}

describe('a panel with a picture', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('asks the server for it, and says what it shows to who cannot see it', async () => {
    const { page } = await open();
    expect(page.get('img').attributes()).toMatchObject({ src: '/api/images/so-do.svg', alt: 'Sơ đồ phòng máy' });
    expect(page.attributes('data-image')).toBe('loading');
    await page.get('img').trigger('load');
    expect(page.attributes('data-image')).toBe('shown');
    page.unmount();
  });

  it('says that it has not come, and asks again', async () => {
    const { page } = await open();
    vi.useFakeTimers();
    await page.get('img').trigger('error');
    expect(page.text()).toContain('chưa tải được ảnh: Sơ đồ phòng máy');
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await settle();
    expect(page.attributes('data-image')).toBe('loading');
    page.unmount();
  });
});
