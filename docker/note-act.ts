import { join } from 'node:path';
import type { Access } from '#ingest/clickhouse/access.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import type { AuditEvent } from '#api/trail/audit-event.ts';
import { startTrail } from '#api/trail/trail.ts';
import type { Config } from './supervisor/config.ts';
import { auditHeads } from './supervisor/env.ts';
import { keepAuditKey } from './supervisor/tokens.ts';

/**
 * Notes in the audit log what a tool did for whoever sits at the machine, in a chain of its own, and returns when it is written. `keeper` is the user that
 * may. Throws where it cannot be written.
 */
export async function noteAct(
  config: Config,
  keeper: Access,
  act: Pick<AuditEvent, 'actor' | 'action' | 'target'> & Partial<Pick<AuditEvent, 'role' | 'unit'>>,
): Promise<void> {
  const key = config.AUDIT_KEY ?? (await keepAuditKey(join(config.DATA_DIR, 'audit-key')));
  const trail = await startTrail({
    ...{ client: connect(keeper), key, heads: auditHeads(config.DATA_DIR) },
  });
  trail.note({
    ...{
      at: Date.now(),
      kind: 'tool',
      id: '',
      account: '',
      role: '',
      unit: '',
      outcome: 'done',
      request: '',
      address: '',
    },
    ...act,
  });
  await trail.stop();
  if (trail.waiting() > 0) throw new Error('it was done, but could not be written to the audit log');
}
