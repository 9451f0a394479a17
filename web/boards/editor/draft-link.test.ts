import { describe, expect, it, vi } from 'vitest';
import type { Previewed } from '#api/contract.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { Answer, LinkHandlers, OpenLink } from '../../live/socket.ts';
import { testBoard } from '../../test-board.ts';
import { draftLink } from './draft-link.ts';

const FAULT: FileFault = { file: 'boards/thu.yaml', line: 1, column: 1, path: '', message: 'no' };
const NOTHING: LinkHandlers = {
  up: vi.fn(),
  down: vi.fn(),
  pulse: vi.fn(),
  snapshot: vi.fn(),
  diff: vi.fn(),
  changed: vi.fn(),
  fault: vi.fn(),
  refused: vi.fn(),
  orders: vi.fn(),
};

/** A server to which every text with `wrong` in it is wrong. */
function play() {
  const state: { text: string | undefined; handlers: LinkHandlers; asked: string[]; told: [string, number][] } = {
    ...{ text: 'good 1', handlers: NOTHING },
    ...{ asked: [], told: [] },
  };
  const shown = { board: testBoard(), snapshots: [], pulse: { now: 0, seqs: {}, sources: [], failure: null } };
  const answer = (text: string): Answer<Previewed> =>
    text.includes('wrong')
      ? { ok: true, value: { faults: [FAULT], shown: null } }
      : { ok: true, value: { faults: [], shown } };
  const open: OpenLink = (handlers) => {
    state.handlers = handlers;
    return {
      isUp: () => true,
      watch: () => Promise.reject(new Error('the served board is not asked for')),
      preview: (_board, text, unit, variables) => {
        state.asked.push([text, unit ?? '-', ...Object.values(variables ?? {})].join(' '));
        return Promise.resolve(answer(text));
      },
      snapshots: () => Promise.resolve({ ok: false, failure: null }),
      sign: () => undefined,
      close: () => undefined,
    };
  };
  const link = draftLink({
    text: () => state.text,
    checked: (text, faults) => state.told.push([text, faults.length]),
    open,
  });
  return { state, opened: link.open(NOTHING), link };
}
/** Whether something is answered now; what is not stays as it is. */
const isAnswered = async (asked: Promise<unknown>): Promise<boolean> =>
  Promise.race([asked.then(() => true), new Promise<boolean>((done) => setTimeout(done, 5, false))]);

describe('the connection of a preview', () => {
  it('asks nothing while there is no text', async () => {
    const { state, opened } = play();
    state.text = undefined;
    expect(await isAnswered(opened.watch('thu'))).toBe(false);
    expect(state.asked).toEqual([]);
  });

  it('leaves the picture where a text is wrong, and tells what is wrong', async () => {
    const { state, opened } = play();
    expect(await opened.watch('thu')).toMatchObject({ ok: true });
    state.text = 'wrong';
    expect(await isAnswered(opened.watch('thu'))).toBe(false);
    expect(state.asked).toEqual(['good 1 -', 'wrong -']);
    expect(state.told).toEqual([
      ['good 1', 0],
      ['wrong', 1],
    ]);
  });

  it('asks for what was right last where the unit is another, or the connection new', async () => {
    const { state, opened } = play();
    await opened.watch('thu');
    state.text = 'wrong';
    expect(await opened.watch('thu', 'H49.02')).toMatchObject({ ok: true });
    expect(state.asked.slice(1)).toEqual(['wrong H49.02', 'good 1 H49.02']);
    expect(await isAnswered(opened.watch('thu', 'H49.02'))).toBe(false);
    state.handlers.down();
    expect(await opened.watch('thu', 'H49.02')).toMatchObject({ ok: true });
    expect(state.asked.at(-1)).toBe('good 1 H49.02');
  });

  it('asks for what was right last where something else is chosen of its variables', async () => {
    const { state, opened } = play();
    await opened.watch('thu', undefined, { period: '7' });
    state.text = 'wrong';
    expect(await isAnswered(opened.watch('thu', undefined, { period: '7' }))).toBe(false);
    expect(await opened.watch('thu', undefined, { period: '30' })).toMatchObject({ ok: true });
    expect(state.asked).toEqual(['good 1 - 7', 'wrong - 7', 'wrong - 30', 'good 1 - 30']);
  });

  it('is not told of faults of the saved file', () => {
    const { state } = play();
    state.handlers.fault([FAULT]);
    expect(NOTHING.fault).not.toHaveBeenCalled();
  });
});
