// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { againOf, coverUrl, draftOf, requestOf, silenceQuery } from './silence-draft.ts';

const zone = 'Asia/Ho_Chi_Minh';
const whole = {
  ...draftOf({ rule: 'link-down', unit: 'H49.02', other: 'x' }, 'H49'),
  ...{ ends: '2026-11-22T07:00', note: ' bảo trì cáp ' },
};

describe('a silence that is being written', () => {
  it('begins with what a link asks for', () => {
    expect(whole).toMatchObject({ unit: 'H49.02', matchers: [{ name: 'rule', op: '=', value: 'link-down' }] });
    expect(draftOf({}, 'H49')).toMatchObject({ unit: 'H49', matchers: [{ name: 'rule', value: '' }] });
  });

  it('of alerts like one is of its own link, not of all links of its unit', () => {
    const asked = silenceQuery({ rule: 'link-down', unit: 'H49.02', labels: { link: 'tslcd-1', unit: 'H49.02' } });
    expect(draftOf(asked, 'H49')).toMatchObject({
      unit: 'H49.02',
      matchers: [
        { name: 'rule', op: '=', value: 'link-down' },
        { name: 'link', op: '=', value: 'tslcd-1' },
      ],
    });
  });

  it('is asked of the server once it says what, until when and why', () => {
    expect(requestOf(whole, zone)).toEqual({
      ...{ kind: 'silence', unit: 'H49.02', note: 'bảo trì cáp', ends_at: '2026-11-22T00:00:00.000Z' },
      matchers: [{ name: 'rule', op: '=', value: 'link-down' }],
    });
    for (const lack of [{ note: ' ' }, { ends: '' }, { matchers: [] }, { starts: 'mai' }])
      expect(requestOf({ ...whole, ...lack }, zone)).toBeUndefined();
  });

  it('leaves out matchers that are not written to the end', () => {
    const matchers = [...whole.matchers, { name: 'severity', op: '=' as const, value: ' ' }];
    expect(requestOf({ ...whole, matchers }, zone)?.matchers).toHaveLength(1);
    expect(coverUrl({ ...whole, matchers })).toBe(coverUrl(whole));
  });

  it('asks for the alerts that it is about, within its unit', () => {
    const url = new URL(coverUrl(whole) ?? '', 'http://x');
    expect(url.searchParams.get('unit')).toBe('H49.02');
    expect(JSON.parse(url.searchParams.get('matchers') ?? '')).toEqual(whole.matchers);
    expect(coverUrl({ ...whole, matchers: [] })).toBeUndefined();
  });

  it('is set again with times of its own', () => {
    const once = {
      ...{ silence_id: 's', unit: 'H49', unit_path: '/H49/', kind: 'maintenance' as const, state: 'expired' as const },
      ...{ matchers: whole.matchers, note: 'cáp', starts_at: 1, ends_at: 2, set_at: 0, set_by: 'a' },
      ...{ ended_at: null, ended_by: '' },
    };
    expect(againOf(once)).toEqual({ kind: 'maintenance', unit: 'H49', matchers: whole.matchers, starts: '', ends: '', note: 'cáp' }); // prettier-ignore
  });
});
