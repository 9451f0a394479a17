import { z } from 'zod';

/** How an act ended: it was done, the one who asked was refused it (4xx), or we failed (5xx). */
export const OUTCOMES = ['done', 'refused', 'failed'] as const;

/** Target of a log-in under a name that no account has. */
export const NO_NAME = '?';

/** An act, as it is noted. No field holds what somebody typed freely: names are those of accounts, targets those that were found. */
export const AuditEventSchema = z.object({
  /** Epoch ms of the wall clock. */
  at: z.int(),
  kind: z.enum(['account', 'token', 'screen', 'visitor', 'nobody', 'tool']),
  /** Of the session or the token; empty for the rest. */
  id: z.string(),
  /** Id of the account; empty but for one. */
  account: z.string(),
  /** How they are shown. */
  actor: z.string(),
  role: z.string(),
  action: z.string(),
  target: z.string(),
  /** Code of the unit acted on, else of the one whose subtree the actor sees. */
  unit: z.string(),
  outcome: z.enum(OUTCOMES),
  /** Id of the request, as in the log. */
  request: z.string(),
  address: z.string(),
});
export type AuditEvent = z.output<typeof AuditEventSchema>;

/** An act in its chain: row of `auth.audit_event`. Whoever changed it may have written anything: that is for its hash to find. */
export const AuditRowSchema = AuditEventSchema.extend({
  kind: z.string(),
  outcome: z.string(),
  chain: z.uuid(),
  /** From 1, without a gap. */
  seq: z.int(),
  /** Hash of the row before; of the chain's name for the first. */
  prev_hash: z.string(),
  hash: z.string(),
});
export type AuditRow = z.output<typeof AuditRowSchema>;

/** The columns of a row as SQL reads them. Where a column is turned into another type its alias is another name: conditions and order are on the column. */
export const AUDIT_COLUMNS = `toString(chain) AS chain_id, seq, toUnixTimestamp64Milli(at) AS at_ms, kind, id, account, actor, role, action, target, unit,
  outcome, request, address, prev_hash, hash`;

/** A row of `AUDIT_COLUMNS`. */
export const StoredRowSchema = AuditRowSchema.omit({ at: true, chain: true })
  .extend({ at_ms: z.int(), chain_id: z.uuid() })
  .transform(({ at_ms, chain_id, ...row }): AuditRow => ({ ...row, at: at_ms, chain: chain_id }));
