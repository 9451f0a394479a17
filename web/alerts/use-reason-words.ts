import { useWords } from '../composables/use-words.ts';

/** Says a named reason of a notice, sent or not, in words; the name itself where there are none; empty where nothing was said. */
export function useReasonWords(): (reason: string) => string {
  const { t, has } = useWords();
  return (reason) => {
    const key = `alerts.reason.${reason}`;
    return reason !== '' && has(key) ? t(key) : reason;
  };
}
