import type { ChaseState } from '../../contract-chases.ts';

/** Where a chase may stand, the most pressing first. */
export const CHASE_STATES = [
  'escalated',
  'sent',
  'acknowledged',
  'answered',
  'closed',
] as const satisfies readonly ChaseState[];
