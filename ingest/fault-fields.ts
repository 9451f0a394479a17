import { ClickHouseError } from '@clickhouse/client';

/** What may be logged of an error: its kind and code. Messages are left out: a store and a parser quote what they could not read. */
export function faultFields(error: unknown): { fault: string; fault_code?: string; frames?: string[] } {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof ClickHouseError) return { fault: cause.type ?? 'ClickHouseError', fault_code: cause.code };
  if (!(cause instanceof Error)) return { fault: 'unknown' };
  const fault_code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  // without a code it is a fault of ours, and the place in the sources tells most
  return fault_code === undefined ? { fault: cause.name, frames: framesOf(cause) } : { fault: cause.name, fault_code };
}

/** Where it was thrown: the lines of the stack after the message. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
}
