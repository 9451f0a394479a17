import { readIsoTime } from './iso-time.ts';
import { emptyMessage, type Pri, type SyslogFault, type SyslogMessage } from './message.ts';
import { readStructuredData } from './structured-data.ts';

const SPACE = 32;
const NIL = 45;

/** Longest host name, name of the application, process id and message id: RFC 5424, 6. */
const LONGEST = { hostname: 255, app_name: 48, procid: 128, msgid: 32 } as const;
const HEADER = ['hostname', 'app_name', 'procid', 'msgid'] as const;

/** True when a text goes on as RFC 5424 after its priority: a version, and a time or none. What a sender of RFC 3164 writes there is never that. */
export function isVersioned(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (!(first >= 49 && first <= 57)) return false;
  let end = at + 1;
  while (end < at + 4 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
  if (end === text.length) return true;
  if (text.charCodeAt(end) !== SPACE) return false;
  const next = text.charCodeAt(end + 1);
  if (next === NIL) return true;
  // a year and not the month of NX-OS (`2023 Mar  8`)
  return next >= 48 && next <= 57 && (text.charCodeAt(end + 5) === NIL || end + 5 >= text.length);
}

/**
 * Reads a message as RFC 5424 has it, to the letter. What follows the first thing that is wrong is not guessed at: `fault` names it, and the fields before it are
 * filled.
 */
export function parseRfc5424(text: string, { pri, at: start }: Pri): SyslogMessage {
  const message = emptyMessage('rfc5424', pri);
  let at = start;
  for (; at < start + 3 && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57; at += 1)
    message.version = message.version * 10 + text.charCodeAt(at) - 48;
  if (text.charCodeAt(at) !== SPACE) return failed(message, 'version');
  at += 1;

  if (text.charCodeAt(at) === NIL) at += 1;
  else {
    const time = readIsoTime(text, at, true);
    if (!time) return failed(message, 'timestamp');
    message.time = time.wall - (time.offset ?? 0);
    at = time.end;
  }
  for (const field of HEADER) {
    if (text.charCodeAt(at) !== SPACE) return failed(message, field === 'hostname' ? 'timestamp' : field);
    const from = at + 1;
    at = from;
    while (text.charCodeAt(at) > 32 && text.charCodeAt(at) < 127) at += 1;
    if (at === from || at - from > LONGEST[field]) return failed(message, field);
    if (at - from > 1 || text.charCodeAt(from) !== NIL) message[field] = text.slice(from, at);
  }
  if (text.charCodeAt(at) !== SPACE) return failed(message, 'structured_data');
  at += 1;
  if (text.charCodeAt(at) === NIL) at += 1;
  else {
    if (text.charCodeAt(at) !== 91) return failed(message, 'structured_data');
    const data = readStructuredData(text, at);
    if (Object.keys(data.elements).length > 0) message.structured_data = data.elements;
    if (!data.isWhole) return failed(message, 'structured_data');
    at = data.end;
  }
  if (at === text.length) return message;
  if (text.charCodeAt(at) !== SPACE) return failed(message, 'message');
  message.message = text.slice(at + 1);
  return message;
}

function failed(message: SyslogMessage, fault: SyslogFault): SyslogMessage {
  message.fault = fault;
  return message;
}
