/** In which of the two standards a message was written; `raw` when in neither. */
export type SyslogFormat = 'rfc5424' | 'rfc3164' | 'raw';

/** Why a message is kept raw, or with something of it guessed. */
export type SyslogFault =
  | 'empty'
  | 'pri_missing'
  | 'pri_range'
  | 'version'
  | 'timestamp'
  | 'time_missing'
  | 'time_future'
  | 'hostname'
  | 'app_name'
  | 'procid'
  | 'msgid'
  | 'structured_data'
  | 'message'
  | 'too_long'
  | 'cef'
  | 'leef';

/** A syslog message, read. Texts that it does not have are empty. */
export interface SyslogMessage {
  format: SyslogFormat;
  /** 0 to 23, and 0 (emergency) to 7 (debug). */
  facility: number;
  severity: number;
  /** Of RFC 5424; 0 in others. */
  version: number;
  /** Epoch ms; undefined when it does not say, or not in a way that can be read. */
  time: number | undefined;
  hostname: string;
  app_name: string;
  procid: string;
  msgid: string;
  /** Parameters by the id of their element; undefined when there are none. */
  structured_data: Record<string, Record<string, string>> | undefined;
  message: string;
  /** The first thing that is wrong with it. What was read before it stands in the other fields. */
  fault: SyslogFault | '';
}

/** RFC 3164, 4.3.3: a message without a priority is of user level and a notice. */
export const NO_PRI = 13;
const LARGEST_PRI = 191;

/** A message of which nothing is read yet. */
export function emptyMessage(format: SyslogFormat, pri: number): SyslogMessage {
  return {
    format,
    facility: pri >> 3,
    severity: pri & 7,
    version: 0,
    time: undefined,
    hostname: '',
    app_name: '',
    procid: '',
    msgid: '',
    structured_data: undefined,
    message: '',
    fault: '',
  };
}

/** The priority at the start of a text, and where what follows it begins; `at` is 0 where there is none. */
export interface Pri {
  pri: number;
  at: number;
  fault: 'pri_missing' | 'pri_range' | '';
}

/** Reads `<34>`. One that no standard knows is taken for user.notice. */
export function readPri(text: string): Pri {
  if (text.charCodeAt(0) !== 60) return { pri: NO_PRI, at: 0, fault: 'pri_missing' };
  let pri = 0;
  let at = 1;
  for (; at < 6; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    pri = pri * 10 + digit;
  }
  if (at === 1 || text.charCodeAt(at) !== 62) return { pri: NO_PRI, at: 0, fault: 'pri_missing' };
  if (at > 4 || pri > LARGEST_PRI) return { pri: NO_PRI, at: at + 1, fault: 'pri_range' };
  return { pri, at: at + 1, fault: '' };
}
