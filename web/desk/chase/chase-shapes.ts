import type { ChaseState } from '#api/contract-chases.ts';

/** A shape for each state of a chase: colour is not the only signal. */
export const CHASE_SHAPES: Readonly<Record<ChaseState, string>> = {
  escalated: '■',
  sent: '○',
  acknowledged: '◐',
  answered: '●',
  closed: '✓',
};

/** The shape of a slip of apology. */
export const SLIP_SHAPE = '✉';
