import type { Words } from '../composables/use-words.ts';

/** What the code of a refusal means, in words; the code itself where the catalogue has none. */
export function refusalText(code: string, { t, has }: Pick<Words, 't' | 'has'>): string {
  return has(`refusal.${code}`) ? t(`refusal.${code}`) : code;
}
