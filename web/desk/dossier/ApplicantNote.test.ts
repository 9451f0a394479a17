import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../../test-mount.ts';
import ApplicantNote from './ApplicantNote.vue';

describe('who handed a dossier in', () => {
  afterEach(() => vi.unstubAllGlobals());
  const url = '/api/dossiers/HS%2F1/applicant';
  const props = { id: 'HS/1', unit: 'H49.12' };

  it('is asked for by a press alone, and what nobody said is a dash', async () => {
    const asked = answerRequests({ [url]: { name: 'Người Thử', phone: '', email: '' } });
    const { page } = await mountAt(ApplicantNote, { props });
    expect(asked.filter((each) => each.startsWith(url))).toEqual([]);
    expect(page.text()).toContain('ghi nhật ký');
    await page.get('[data-do="applicant"]').trigger('click');
    await settle();
    expect(asked.filter((each) => each.startsWith(url))).toEqual([`${url}?unit=H49.12`]);
    expect(page.get('[data-applicant]').text()).toMatch(/Người Thử.*—/);
    page.unmount();
  });

  it('is not there where none is kept, and says so', async () => {
    answerRequests({});
    const { page } = await mountAt(ApplicantNote, { props });
    await page.get('[data-do="applicant"]').trigger('click');
    await settle();
    expect(page.find('[data-applicant]').exists()).toBe(false);
    expect(page.get('[role="alert"]').text()).not.toBe('');
    page.unmount();
  });
});
