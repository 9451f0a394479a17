import type { Followed } from '#api/contract.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import { openLink } from '../../live/socket.ts';
import type { Answer, Link, Looked, OpenLink } from '../../live/socket.ts';

/** What is previewed, and who is told what became of it. */
export interface DraftOptions {
  /** The text as it is now; undefined while there is none. */
  text: () => string | undefined;
  /** The server has looked at a text: what is wrong with it. */
  checked: (text: string, faults: readonly FileFault[]) => void;
  open?: OpenLink;
}

/** A connection over which `watch` follows what a draft draws in place of the served board, and a way to say that the text is another. */
export interface DraftLink {
  open: OpenLink;
  again: () => void;
}

/** What a text that draws nothing is answered with: the picture before it stays, and nothing is asked again until the text is another. */
const NOTHING_NEW = new Promise<Answer<Followed>>(() => undefined);

/**
 * Makes the connection of a preview. While the text is wrong, what was right last is followed on; where the server does not follow that yet (the
 * connection is new, or it is looked at in another way), it is asked for.
 */
export function draftLink({ text, checked, open = openLink }: DraftOptions): DraftLink {
  let good: string | undefined;
  /** How `good` is looked at on this connection. */
  let followed: string | undefined;
  let again = (): void => undefined;

  const ask = async (link: Link, board: string, written: string, looked: Looked) => {
    const answer = await link.preview(board, written, ...looked);
    if (answer.ok && answer.value.shown) {
      good = written;
      followed = JSON.stringify(looked);
    }
    return answer;
  };
  return {
    again: () => again(),
    open: (handlers) => {
      const link = open({
        ...handlers,
        down: () => {
          followed = undefined;
          handlers.down();
        },
        // of the saved file, which is not what is drawn
        fault: () => undefined,
      });
      again = () => {
        if (link.isUp()) handlers.up();
      };
      return {
        ...link,
        watch: async (board, ...looked) => {
          const written = text();
          if (written === undefined) return NOTHING_NEW;
          const answer = await ask(link, board, written, looked);
          if (!answer.ok) return answer;
          checked(written, answer.value.faults);
          if (answer.value.shown) return { ok: true, value: answer.value.shown };
          if (good === undefined || followed === JSON.stringify(looked)) return NOTHING_NEW;
          const before = await ask(link, board, good, looked);
          if (!before.ok) return before;
          return before.value.shown ? { ok: true, value: before.value.shown } : NOTHING_NEW;
        },
      };
    },
  };
}
