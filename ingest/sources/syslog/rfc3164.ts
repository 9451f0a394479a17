import { emptyMessage, type Pri, type SyslogMessage } from './message.ts';
import type { createLegacyTime } from './legacy-time.ts';

/** `%SEC-6-IPACCESSLOGS`, and the two that Catalyst switches write in one line. */
const MNEMONIC = /^%[A-Za-z\d_-]+(?:(?::[A-Z\d]+| \/) %[A-Za-z\d_-]+)?/;
/** `000956: `, with which Cisco devices count their lines, and the name of the device that may follow. */
const SEQUENCE = /^(?:(\d{1,10}): ?)?(?:: )?(?:([A-Za-z][\w.-]{0,254}): (?=[*.]?(?:\d{4} )?[A-Z][a-z]{2} {1,2}\d))?/;
/** `00422 chassis:`, the number of the event before the name, of ProCurve switches. */
const EVENT_NUMBER = /^(\d{5}) (?=[A-Za-z][\w-]*:)/;
/** `src="…" dst="…" cat="DHCP"`, of ZyXEL firewalls. */
const PAIRS = /^[a-z]+="[^]* cat="([^"]*)"/;
const LONGEST_TAG = 128;

const isTagCode = (code: number): boolean => code > 32 && code < 127 && code !== 58 && code !== 91;

/** Reads messages as RFC 3164 observed them, and as devices write them. Nothing is refused: what is no header is message. */
export function createRfc3164(readTime: ReturnType<typeof createLegacyTime>) {
  return function parseRfc3164(text: string, { pri, at: start, fault }: Pri, received_at: number): SyslogMessage {
    const message = emptyMessage('rfc3164', pri);
    message.fault = fault;
    let at = start;
    let time = readTime(text, at, received_at);
    if (!time && mayBeSequence(text.charCodeAt(at))) {
      const [whole = '', , host = ''] = SEQUENCE.exec(text.slice(at, at + 300)) ?? [];
      time = whole === '' ? undefined : readTime(text, at + whole.length, received_at);
      // without a time a number is no counter, and `host:` rather the name of the program
      const number = /^\d{1,10}: ?(?=%)/.exec(text.slice(at, at + 16))?.[0] ?? '';
      at += time ? whole.length : number.length;
      if (time) message.hostname = host;
    }
    if (!time) {
      if (message.fault === '') message.fault = 'time_missing';
      if (start === 0) {
        message.format = 'raw';
        message.message = text;
      } else readContent(message, text, at);
      return message;
    }
    message.time = time.time;
    at = time.end;
    // Cisco ends the time with a colon, and names no host after it
    if (text.charCodeAt(at) === 58) readContent(message, text, afterSpaces(text, at + 1));
    else readContent(message, text, readHost(message, text, afterSpaces(text, at)));
    return message;
  };
}

const mayBeSequence = (code: number): boolean =>
  (code >= 48 && code <= 58) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

function afterSpaces(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === 32) end += 1;
  return end;
}

/** Takes the word at `at` for the host unless it is the name of a program: one that a colon or a bracket ends. Gives where the content begins. */
function readHost(message: SyslogMessage, text: string, at: number): number {
  const space = text.indexOf(' ', at);
  if (space === -1) return at;
  const last = text.charCodeAt(space - 1);
  const isProgram = last === 58 || last === 93 || text.charCodeAt(at) === 37 || text.charCodeAt(at) === 60;
  if (isProgram || space - at > 255) return at;
  for (let end = at; end < space; end += 1) {
    const code = text.charCodeAt(end);
    // brackets, quotes and braces are in no name of a host
    if (code < 33 || code > 126 || code === 91 || code === 34 || code === 123 || code === 61) return at;
  }
  message.hostname = text.slice(at, space);
  const next = space + 1;
  // `host : %ASA-6-…`, of ASA firewalls
  return text.startsWith(': %', next) ? next + 2 : next;
}

/** Reads `program[17]: message`. A name needs its colon or bracket: RFC 3164 ends it at any other character too, and so would take every first word. */
function readContent(message: SyslogMessage, text: string, from: number): void {
  let at = from;
  const first = text.charCodeAt(at);
  if ((first === 67 && text.startsWith('CEF:', at)) || (first === 76 && text.startsWith('LEEF:', at))) {
    message.message = text.slice(at);
    return;
  }
  if (first === 37) {
    const mnemonic = MNEMONIC.exec(text.slice(at, at + 200))?.[0] ?? '';
    message.app_name = mnemonic;
    at += mnemonic.length;
    if (text.charCodeAt(at) === 58) at += 1;
    message.message = text.slice(afterSpaces(text, at));
    return;
  }
  if (first >= 48 && first <= 57) {
    const number = EVENT_NUMBER.exec(text.slice(at, at + 80))?.[1] ?? '';
    message.msgid = number;
    if (number !== '') at += number.length + 1;
  }
  let end = at;
  while (end - at <= LONGEST_TAG && isTagCode(text.charCodeAt(end))) end += 1;
  const stop = text.charCodeAt(end);
  if (end > at && end - at <= LONGEST_TAG && (stop === 58 || stop === 91) && !isPartOfText(text, at, end)) {
    const close = stop === 91 ? text.indexOf(']', end) : end;
    const isClosed = stop === 58 || (close !== -1 && close - end <= LONGEST_TAG && isAfterProcid(text, close + 1));
    if (isClosed) {
      message.app_name = text.slice(at, end);
      if (stop === 91) message.procid = text.slice(end + 1, close);
      const colon = stop === 58 ? end : text.charCodeAt(close + 1) === 58 ? close + 1 : close;
      at = text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1;
    }
  }
  message.message = at === 0 ? text : text.slice(at);
  if (message.app_name === '' && text.charCodeAt(at) > 96) message.app_name = PAIRS.exec(message.message)?.[1] ?? '';
}

/** `name[17]: text`, and `name[17] text`. */
const isAfterProcid = (text: string, at: number): boolean =>
  at === text.length || text.charCodeAt(at) === 58 || text.charCodeAt(at) === 32;

/** True when what looks like a name is the beginning of something else: JSON, a quote, a pair, an address. */
function isPartOfText(text: string, at: number, end: number): boolean {
  for (let place = at; place < end; place += 1) {
    const code = text.charCodeAt(place);
    if (code === 34 || code === 123 || code === 61 || code === 60 || code === 44) return true;
  }
  return text.charCodeAt(end) === 58 && text.charCodeAt(end + 1) === 47 && text.charCodeAt(end + 2) === 47;
}
