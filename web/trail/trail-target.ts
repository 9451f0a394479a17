import type { TrailRow } from '#api/contract-auth.ts';
import type { Words } from '../composables/use-words.ts';

/** Names by id, of accounts, tokens and screens. */
export type NamesById = ReadonlyMap<string, string>;

const STEPS: readonly string[] = ['acknowledge', 'answer', 'close'];

/** What was acted on, in words where it is noted by an id or in English; as it stands where it is neither. */
export function targetText(
  { action, target }: Pick<TrailRow, 'action' | 'target'>,
  names: NamesById,
  t: Words['t'],
): string {
  if (action === 'login' && target === '?') return t('trail.no_name');
  const named = names.get(target);
  if (named !== undefined) return named;
  const [chase = '', step = ''] = target.split(' ');
  if (action === 'chase.acted' && STEPS.includes(step)) return `${chase}: ${t(`chase.step.${step}`)}`;
  return action === 'import' ? importText(target, t) : target;
}

/** A file and what became of its rows. */
function importText(target: string, t: Words['t']): string {
  const counts = /^(.*): (\d+) accepted, (\d+) duplicate, (\d+) rejected$/.exec(target);
  if (!counts) return target.replace(/: preview$/, `: ${t('trail.preview')}`);
  const [, file = '', ...found] = counts;
  const words = ['accepted', 'duplicate', 'rejected'].map((what, index) => t(`import.${what}`, { n: found[index] }));
  return `${file}: ${words.join(', ')}`;
}
