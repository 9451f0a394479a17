import type { RequestError } from '../http/get-json.ts';
import { useWords } from './use-words.ts';

/** What went wrong, by the server's stable code; its message is English and for software. */
export type Refusal = Pick<RequestError, 'code' | 'message'>;

/** Says why a request failed, in the words of this page for the code; the code itself where there are none. */
export function useFailureWords(): (failure: Refusal) => string {
  const { t, has } = useWords();
  return ({ code, message }) => {
    if (code === 'offline' || code === 'unreadable') return t(`page.${code}`);
    const word = `refusal.${code}`;
    return has(word) ? t(word, { wait: /in (\d+) s/.exec(message)?.[1] ?? '' }) : t('refusal.unknown', { code });
  };
}
