import type { Matcher } from '#ingest/schema/duty.ts';
import { remembered } from '../../remembered.ts';
import { compile } from './matchers.ts';
import type { NotifyAlert } from './notify-alert.ts';

/** A silence, or a window of maintenance, as it stands. Instants are epoch ms; `ended_at` when it was ended before its time. */
export interface Silence {
  silence_id: string;
  /** It reaches this unit and those below it. */
  unit_path: string;
  kind: 'silence' | 'maintenance';
  matchers: readonly Matcher[];
  starts_at: number;
  ends_at: number;
  ended_at: number | null;
}

const testOf = remembered(({ matchers }: Silence) => compile(matchers));

/** Whether a silence stands at an instant. */
export function isActive({ starts_at, ends_at, ended_at }: Omit<Silence, 'matchers'>, at: number): boolean {
  return starts_at <= at && at < Math.min(ends_at, ended_at ?? Infinity);
}

/** Whether a silence is about an alert, whenever it stands. */
export function isAbout(silence: Silence, { unit_path, match }: Pick<NotifyAlert, 'unit_path' | 'match'>): boolean {
  return unit_path.startsWith(silence.unit_path) && testOf(silence)(match);
}
