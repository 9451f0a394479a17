import type { RequestError } from '../http/get-json.ts';
import { useWords } from './use-words.ts';

/** Says why a request failed: in the words of this page where it has some, else in the server's. */
export function useFailureWords(): (failure: RequestError) => string {
  const { t, has } = useWords();
  return ({ code, message }) => {
    if (code === 'offline' || code === 'unreadable') return t(`page.${code}`);
    const word = `refusal.${code}`;
    return has(word) ? t(word, { wait: /in (\d+) s/.exec(message)?.[1] ?? '' }) : t('page.refused', { message });
  };
}
