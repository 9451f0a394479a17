// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { whyOld } from './unit-age.ts';

const NOW = { error: undefined, isKept: false, age_ms: 2_000, silent_ms: null, frozen_ms: null };

describe('figures of a unit', () => {
  it('are of now while replies come', () => expect(whyOld(NOW)).toBeUndefined());
  it('are old when the server does not answer, or refuses with its words', () => {
    const error = (code: string) => ({ error: { code, message: 'bận' } });
    expect(whyOld({ ...NOW, ...error('offline') })).toMatchObject({ reason: 'offline', age_ms: 2_000 });
    expect(whyOld({ ...NOW, ...error('IOC_BUSY') })).toMatchObject({
      reason: 'refused',
      refusal: { code: 'IOC_BUSY' },
    });
  });
  it('are old while they are those of an earlier visit', () =>
    expect(whyOld({ ...NOW, isKept: true, age_ms: null })).toMatchObject({ reason: 'kept' }));
  it('are old when the socket is silent, the page was frozen, or no reply came for a minute', () => {
    expect(whyOld({ ...NOW, silent_ms: 5_000 })).toMatchObject({ reason: 'socket', age_ms: 5_000 });
    expect(whyOld({ ...NOW, frozen_ms: 9_000 })).toMatchObject({ reason: 'frozen', age_ms: 9_000 });
    expect(whyOld({ ...NOW, age_ms: 61_000 })).toMatchObject({ reason: 'late' });
  });
});
