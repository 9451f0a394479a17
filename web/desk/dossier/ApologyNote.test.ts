import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../../test-mount.ts';
import { TEST_AT } from '../test-dossiers.ts';
import ApologyNote from './ApologyNote.vue';

const url = '/api/apologies';
const slip = { dossier_id: 'a', unit: 'H49.12', sent_at: TEST_AT, sent_by: 'Trực ban', promised_at: TEST_AT + 8.64e7 };
const props = { id: 'a', unit: 'H49.12', isOverdue: true };

describe('the note of a slip of apology', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is asked for where a dossier is overdue, and made once', async () => {
    const replies: Record<string, unknown> = { [url]: { at: TEST_AT, rows: [] } };
    const read = `${url}?dossier=a&unit=H49.12`;
    const asked = answerRequests(replies);
    const { page } = await mountAt(ApologyNote, { props });
    expect(page.get('[data-slip]').attributes('data-slip')).toBe('missing');
    await page.get('form').trigger('submit');
    await settle();
    // read, noted, read again
    expect(asked.filter((each) => each.startsWith(url))).toEqual([read, url, read]);
    page.unmount();
  });

  it('says who noted it, when, and the new appointment', async () => {
    answerRequests({ [url]: { at: TEST_AT, rows: [slip] } });
    const { page } = await mountAt(ApologyNote, { props });
    expect(page.text()).toContain('Trực ban ghi nhận 21/11/2026 09:41');
    expect(page.text()).toContain('Hẹn lại 22/11/2026 09:41');
    expect(page.find('form').exists()).toBe(false);
    page.unmount();
  });

  it('is taken back with a reason', async () => {
    const asked = answerRequests({
      [url]: { at: TEST_AT, rows: [slip] },
      [`${url}/revoke`]: { at: TEST_AT, rows: [] },
    });
    const { page } = await mountAt(ApologyNote, { props });
    await page.get('[data-revoke]').trigger('click');
    expect(page.get('[type="submit"]').attributes('disabled')).toBeDefined();
    await page.get('[data-reason]').setValue('Ghi nhầm hồ sơ');
    await page.get('form').trigger('submit');
    await settle();
    expect(asked).toContain(`${url}/revoke`);
    expect(page.find('form').exists()).toBe(false);
    page.unmount();
  });

  it('is not that of a unit below which uses the same number', async () => {
    answerRequests({ [url]: { at: TEST_AT, rows: [{ ...slip, unit: 'H49.12.01' }] } });
    const { page } = await mountAt(ApologyNote, { props });
    expect(page.get('[data-slip]').attributes('data-slip')).toBe('missing');
    page.unmount();
  });

  it('is nothing for a dossier in time, and cannot be made in the past', async () => {
    answerRequests({ [url]: { at: TEST_AT, rows: [] } });
    const calm = await mountAt(ApologyNote, { props: { ...props, isOverdue: false } });
    expect(calm.page.find('[data-slip]').exists()).toBe(false);
    calm.page.unmount();
    const past = await mountAt(ApologyNote, { props, path: '/desk?at=2026-11-20T02:15:00Z' });
    expect(past.page.find('form').exists()).toBe(false);
    past.page.unmount();
  });
});
