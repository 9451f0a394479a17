import { useWords } from '../composables/use-words.ts';

/** Writes the numbers of lists: whole ones as they are, others with so many decimals. */
export function useDigits(decimals = 1): (value: number) => string {
  const { formats } = useWords();
  return (value) => formats.value.decimal(value, Number.isInteger(value) ? 0 : decimals);
}
