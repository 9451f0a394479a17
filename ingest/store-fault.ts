import { ClickHouseError } from '@clickhouse/client';
import { isRetryable } from './clickhouse/writer/store.ts';
import { NotStoredError } from './clickhouse/writer/insert.ts';
import { RequestFault } from './errors.ts';

/**
 * The error as the sender should hear it: whatever keeps the store from answering is `IOC_STORE_AWAY`, so that the sender tries again; a fault of
 * ours stays what it is.
 */
export function storeFault(error: unknown): unknown {
  if (error instanceof RequestFault) return error;
  const isStoreAway = error instanceof NotStoredError || error instanceof ClickHouseError || isRetryable(error);
  return isStoreAway ? new RequestFault('IOC_STORE_AWAY', undefined, { cause: error }) : error;
}
