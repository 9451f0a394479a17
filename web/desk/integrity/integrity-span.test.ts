// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { moveSpan } from './integrity-span.ts';

describe('a span of days', () => {
  const span = { from: '2026-11-01', to: '2026-11-21' };
  it.each([
    [{ from: '2026-11-10' }, '2026-11-10', '2026-11-21'],
    [{ from: '2026-09-01' }, '2026-09-01', '2026-10-01'],
    [{ from: '2026-12-01' }, '2026-12-01', '2026-12-01'],
    [{ to: '2026-12-31' }, '2026-12-01', '2026-12-31'],
    [{ to: '2026-10-05' }, '2026-10-05', '2026-10-05'],
  ])('moved by %o stays in order and at most 31 days long', (change, from, to) =>
    expect(moveSpan(span, change)).toEqual({ from, to }),
  );
});
