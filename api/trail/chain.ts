import { createHmac } from 'node:crypto';
import type { AuditEvent, AuditRow } from './audit-event.ts';

/** Where a chain stands: its last row. A chain without a row stands at 0. */
export interface Head {
  chain: string;
  seq: number;
  hash: string;
}

function mac(key: string, parts: readonly (string | number)[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

/** The head of a chain that has no row yet. */
export function beginChain(key: string, chain: string): Head {
  return { chain, seq: 0, hash: mac(key, ['chain', chain]) };
}

/**
 * The hash of a row: HMAC-SHA-256 (RFC 2104), base64url without padding, over all of its fields in a fixed order, as JSON. `prev_hash` is among them, so a
 * row vouches for all before it; whoever has the database but not the key cannot make one.
 */
export function hashOf(key: string, row: Omit<AuditRow, 'hash'>): string {
  const { chain, seq, prev_hash, at, kind, id, account, actor, role, action } = row;
  const { target, unit, outcome, request, address } = row;
  return mac(key, [
    ...['row', chain, seq, prev_hash, at, kind, id, account, actor, role, action],
    ...[target, unit, outcome, request, address],
  ]);
}

/** The next row of a chain. */
export function chainRow(key: string, head: Head, event: AuditEvent): AuditRow {
  const row = { ...wellFormed(event), chain: head.chain, seq: head.seq + 1, prev_hash: head.hash };
  return { ...row, hash: hashOf(key, row) };
}

/** Longest text of a row, in characters. */
const LONGEST = 512;

/** Texts as UTF-8 brings them back: a lone surrogate would be stored as another character, and the row would look changed. */
function wellFormed(event: AuditEvent): AuditEvent {
  const text = (given: string) => Buffer.from(given.slice(0, LONGEST)).toString();
  const { id, account, actor, role, action, target, unit, request, address } = event;
  return {
    ...event,
    ...{ id: text(id), account: text(account), actor: text(actor), role: text(role), action: text(action) },
    ...{ target: text(target), unit: text(unit), request: text(request), address: text(address) },
  };
}
