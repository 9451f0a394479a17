import { createLegacyTime } from './legacy-time.ts';
import { emptyMessage, readPri, type SyslogMessage } from './message.ts';
import { createRfc3164 } from './rfc3164.ts';
import { isVersioned, parseRfc5424 } from './rfc5424.ts';

/** Reads a syslog message of either standard. It takes any text, and says in `fault` what is wrong with it. */
export function createParse(): (text: string, received_at: number) => SyslogMessage {
  const parseRfc3164 = createRfc3164(createLegacyTime());
  return function parse(text, received_at) {
    if (text === '') return { ...emptyMessage('raw', 13), fault: 'empty' };
    const pri = readPri(text);
    return pri.at > 0 && isVersioned(text, pri.at) ? parseRfc5424(text, pri) : parseRfc3164(text, pri, received_at);
  };
}
