import type { AuditRow } from './audit-event.ts';
import { beginChain, hashOf, type Head } from './chain.ts';

/** What is wrong with a chain: rows `from` to `to` (seq) of it. */
export interface ChainFault {
  chain: string;
  /** `unhinged`: a row is whole but does not follow the one before. `cut`: the end is missing. `headless`: no head was kept of the chain. `gone`: nor a row. `unlisted`: not in the list of chains, which was cut or has yet to be written. */
  kind: 'changed' | 'missing' | 'inserted' | 'unhinged' | 'cut' | 'headless' | 'gone' | 'unlisted';
  from: number;
  to: number;
}

/** Looks at the rows of one chain, in the order of `seq`. */
export interface ChainCheck {
  take: (row: AuditRow) => void;
  /** All faults, once every row was taken. */
  end: () => ChainFault[];
}

/**
 * Checks a chain against its key and against the head that was kept outside of the database; undefined where none was kept. The head may be older than the
 * last row, because it is written after it. Pure; holds one row at a time.
 */
export function checkChain(key: string, chain: string, head: Head | undefined): ChainCheck {
  const faults: ChainFault[] = [];
  const fault = (kind: ChainFault['kind'], from: number, to = from) => void faults.push({ chain, kind, from, to });
  let last = beginChain(key, chain);
  /** Whether the hash of the last row is its own: if not, the next one cannot follow it. */
  let isWhole = true;
  if (!head) fault('headless', 0);

  const take = (row: AuditRow): void => {
    const { seq, hash } = row;
    const isOwn = row.chain === chain && hash === hashOf(key, row);
    if (seq <= last.seq) return fault('inserted', seq);
    const isNext = seq === last.seq + 1;
    if (!isNext) fault('missing', last.seq + 1, seq - 1);
    if (!isOwn || (seq === head?.seq && hash !== head.hash)) fault('changed', seq);
    else if (isNext && isWhole && row.prev_hash !== last.hash) fault('unhinged', seq);
    isWhole = isOwn;
    last = { chain, seq, hash };
  };
  return {
    take,
    end: () => {
      if (!head && last.seq === 0) return [{ chain, kind: 'gone', from: 0, to: 0 }];
      if (head && head.seq > last.seq) fault('cut', last.seq + 1, head.seq);
      return faults;
    },
  };
}
