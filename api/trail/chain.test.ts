import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditEventSchema, type AuditEvent, type AuditRow } from './audit-event.ts';
import { beginChain, chainRow, type Head } from './chain.ts';
import { checkChain } from './check-chain.ts';

const KEY = 'k'.repeat(32);
const OTHER_KEY = 'o'.repeat(32);
const text = fc.string({ maxLength: 12, unit: 'binary' });
const event: fc.Arbitrary<AuditEvent> = fc.record({
  at: fc.integer({ min: 0, max: 4e12 }),
  kind: fc.constantFrom('account', 'token', 'screen', 'visitor', 'nobody'),
  ...{ id: text, account: text, actor: text, role: text, action: text, target: text, unit: text },
  outcome: fc.constantFrom('done', 'refused', 'failed'),
  ...{ request: text, address: text },
});
const events = fc.array(event, { minLength: 1, maxLength: 12 });

function chainOf(written: readonly AuditEvent[], key = KEY, chain: string = randomUUID()): [AuditRow[], Head] {
  let head = beginChain(key, chain);
  const rows = written.map((each) => {
    const row = chainRow(key, head, each);
    head = { chain, seq: row.seq, hash: row.hash };
    return row;
  });
  return [rows, head];
}

/** As the store gives them back: in the order of their numbers. */
function check(rows: readonly AuditRow[], head: Head | undefined, chain = head?.chain ?? '') {
  const look = checkChain(KEY, chain, head);
  for (const row of rows.toSorted((a, b) => a.seq - b.seq)) look.take(row);
  return look.end();
}

const TEXTS = [
  'id',
  'account',
  'actor',
  'role',
  'action',
  'target',
  'unit',
  'request',
  'address',
  'prev_hash',
  'hash',
] as const;

/** What somebody can do who may write to the database but has no key; each leaves other rows behind than there were. */
const MUTATIONS: Record<string, (rows: AuditRow[], at: number, other: AuditRow) => AuditRow[]> = {
  'a text is another': (rows, at, other) =>
    rows.map((row, n) => (n === at ? { ...row, [TEXTS[other.seq % TEXTS.length] ?? 'id']: `${row.actor}?` } : row)),
  'an instant is another': (rows, at) => rows.map((row, n) => (n === at ? { ...row, at: row.at + 1 } : row)),
  'an outcome is another': (rows, at) =>
    rows.map((row, n) => (n === at ? { ...row, outcome: row.outcome === 'done' ? 'refused' : 'done' } : row)),
  'a row is gone': (rows, at) => rows.filter((_, n) => n !== at),
  'all are gone': () => [],
  'the end is gone': (rows, at) => rows.slice(0, at),
  'the begin is gone': (rows, at) => rows.slice(at + 1),
  'a row is there twice': (rows, at) => rows.flatMap((row, n) => (n === at ? [row, row] : [row])),
  'a row of another chain is put in': (rows, _, other) => [...rows, { ...other, seq: rows.length + 1 }],
  'a row is put in between, and those after are renumbered': (rows, at, other) =>
    [...rows.slice(0, at), other, ...rows.slice(at)].map((row, n) => ({ ...row, seq: n + 1 })),
  'a row is gone, and those after are renumbered': (rows, at) =>
    rows.filter((_, n) => n !== at).map((row, n) => ({ ...row, seq: n + 1 })),
  'the rows are in another order': (rows) =>
    rows.length === 1 ? [] : rows.toReversed().map((row, n) => ({ ...row, seq: n + 1 })),
  'all are made anew with another key': (rows) =>
    chainOf(
      rows.map((row) => AuditEventSchema.parse(row)),
      OTHER_KEY,
      rows[0]?.chain,
    )[0],
};

describe('a chain', () => {
  it('is whole as it was written, whatever is in it, also while its head is behind', () => {
    fc.assert(
      fc.property(events, fc.nat(), (written, back) => {
        const [rows, head] = chainOf(written);
        expect(check(rows, head)).toEqual([]);
        const row = rows[back % rows.length];
        if (row) expect(check(rows, { chain: row.chain, seq: row.seq, hash: row.hash })).toEqual([]);
        expect(check(rows, beginChain(KEY, head.chain))).toEqual([]);
      }),
    );
  });

  it.each(Object.keys(MUTATIONS))('is found out: %s', (name) => {
    fc.assert(
      fc.property(events, fc.nat(), event, (written, place, stranger) => {
        const [rows, head] = chainOf(written);
        const [[other]] = chainOf([stranger]);
        if (!other) return;
        const mutated = MUTATIONS[name]?.(rows, place % rows.length, { ...other, seq: (place % 97) + 1 }) ?? [];
        expect(check(mutated, head).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('names what is wrong', () => {
    const one: AuditEvent = {
      ...{ at: 1, kind: 'account', id: 's', account: 'a', actor: 'A', role: 'duty', action: 'login' },
      ...{ target: '', unit: 'H49', outcome: 'done', request: 'r', address: '127.0.0.1' },
    };
    const [rows, head] = chainOf(Array.from({ length: 6 }, () => one));
    const { chain } = head;
    const without = (...gone: number[]) => rows.filter(({ seq }) => !gone.includes(seq));
    expect(check(without(2, 3), head)).toEqual([{ chain, kind: 'missing', from: 2, to: 3 }]);
    expect(check(without(5, 6), head)).toEqual([{ chain, kind: 'cut', from: 5, to: 6 }]);
    expect(
      check(
        rows.map((row) => (row.seq === 4 ? { ...row, actor: 'B' } : row)),
        head,
      ),
    ).toEqual([{ chain, kind: 'changed', from: 4, to: 4 }]);
    expect(check([...rows, ...rows.slice(2, 3)], head)).toEqual([{ chain, kind: 'inserted', from: 3, to: 3 }]);
    expect(check(rows, undefined, chain)).toEqual([{ chain, kind: 'headless', from: 0, to: 0 }]);
  });
});
