import type { Chase, ChaseStep } from '../../contract-chases.ts';
import type { Session } from '../../session.ts';

/** From which states each step can be taken. */
const FROM: Readonly<Record<ChaseStep, readonly Chase['state'][]>> = {
  acknowledge: ['sent', 'escalated'],
  answer: ['sent', 'acknowledged', 'escalated'],
  close: ['sent', 'acknowledged', 'answered', 'escalated'],
};
export const CHASE_STEPS = ['acknowledge', 'answer', 'close'] as const satisfies readonly ChaseStep[];

/** Who looks at a chase. */
type Viewer = Pick<Session, 'scope' | 'actor'>;
type Asked = Pick<Chase, 'unit_path' | 'sent_by'>;

/**
 * Whether a step is for whoever looks: who asked closes, who was asked acknowledges. Who asked is whoever sent it, and everybody above the unit; they may
 * also note an answer that came by telephone. The province has nobody above it, so what it asks of itself is for all of it.
 */
export function isTheirs(
  step: ChaseStep,
  { unit_path, sent_by }: Asked,
  { scope, actor }: Viewer,
  root: string,
): boolean {
  if (step === 'answer' || (unit_path === root && scope === root)) return true;
  const hasAsked = (unit_path !== scope && unit_path.startsWith(scope)) || sent_by === actor;
  return step === 'close' ? hasAsked : !hasAsked;
}

/** Whether a step can be taken from where a chase stands. */
export function isPossible(
  step: ChaseStep,
  { state, acknowledged_at }: Pick<Chase, 'state' | 'acknowledged_at'>,
): boolean {
  return FROM[step].includes(state) && (step !== 'acknowledge' || acknowledged_at === null);
}
