import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepReply, recallReply } from './kept-replies.ts';

describe('kept replies', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useRealTimers();
  });

  it('are the last ones of their address', () => {
    keepReply('/api/a', { at: 1 });
    keepReply('/api/a', { at: 2 });
    expect(recallReply('/api/a')).toEqual({ at: 2 });
    expect(recallReply('/api/b')).toBeUndefined();
  });

  it('leave room: the oldest go first', () => {
    vi.useFakeTimers();
    for (let n = 0; n < 90; n += 1) {
      vi.setSystemTime(1_800_000_000_000 + n);
      keepReply(`/api/${n}`, n);
    }
    expect(recallReply('/api/9')).toBeUndefined();
    expect(recallReply('/api/10')).toBe(10);
    expect(recallReply('/api/89')).toBe(89);
  });

  it('are none where what is stored is not a reply, or nothing can be stored', () => {
    localStorage.setItem('toan-canh.kept./api/a', 'không phải JSON');
    localStorage.setItem('toan-canh.kept./api/b', '7');
    expect([recallReply('/api/a'), recallReply('/api/b')]).toEqual([undefined, undefined]);
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('quota');
    });
    expect(() => keepReply('/api/c', 1)).not.toThrow();
    full.mockRestore();
  });
});
