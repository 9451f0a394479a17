import { hash } from 'node:crypto';
import type { DeadLetterRow } from '../schema/row.ts';
import type { UnitIndex } from '../schema/unit-index.ts';
import { maskText } from './personal.ts';
import { redact } from './redact.ts';
import type { Origin } from './step.ts';

/** Longest reason that is kept, in characters. */
const LONGEST_REASON = 1_000;

/** What a dead letter is made of. */
export interface Refused {
  sent: unknown;
  source: string;
  unit: string;
}

/** Why it was refused: of an event, or of a whole request. */
export interface Refusal {
  code: string;
  reason: string;
}

/** What was sent as JSON; undefined when it is nested deeper than can be written. */
function textOf(sent: unknown): string | undefined {
  try {
    return JSON.stringify(sent);
  } catch {
    return undefined;
  }
}

/** Makes dead letters: what was refused, redacted, with the reason. The same text of the same sender, refused for the same reason, has the same key. */
export function createDeadLetters(units: UnitIndex) {
  return function deadLetter(refused: Refused, why: Refusal, origin: Origin): DeadLetterRow {
    const payload = redact(refused.sent);
    const whole = typeof refused.sent === 'string' ? refused.sent : (textOf(refused.sent) ?? payload);
    const within = origin.within ?? '';
    const unit = refused.unit === '' ? undefined : units.resolve(refused.unit);
    return {
      unit_path: unit?.path ?? units.unknownPath,
      letter_key: hash('md5', [origin.entry, refused.source, why.code, whole, within].join('\0')),
      received_at: origin.received_at,
      source: refused.source,
      entry: origin.entry,
      code: why.code,
      reason: maskText(why.reason.slice(0, LONGEST_REASON)),
      payload,
      simulated: origin.simulated,
      within,
    };
  };
}
