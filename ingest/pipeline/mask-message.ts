import { isPersonalField, maskMessage } from './personal.ts';

/** Names that were judged; devices have some hundreds, the bound is for senders that make them up. */
const REMEMBERED = 5_000;
/** Longest name that is looked for, and the spaces before its colon: as `maskMessage` has it. */
const LONGEST_NAME = 64;
const MOST_SPACES = 8;
/** Longest text that is looked through here; in a longer one a value may end in the midst of a word. */
const LONGEST = 900;
/** Numbers as `maskMessage` masks them, or more. */
const NUMBERS = /\d{9}|0\d{2,3} \d{3} \d{3}/;

/** A character of ASCII that a name may hold. */
function isOfName(code: number): boolean {
  if (code >= 97) return code <= 122;
  if (code >= 65) return code <= 90 || code === 95;
  return (code >= 48 && code <= 57) || code === 45 || code === 46;
}

/**
 * Makes a `maskMessage` for lines that come by the ten thousand: it looks for anything that could be masked, which nearly no line has, and masks only then. A test
 * holds the two against each other.
 */
export function createMaskMessage(): (text: string) => string {
  const judged = new Map<string, boolean>();
  const isPersonal = (name: string): boolean => {
    const known = judged.get(name);
    if (known !== undefined) return known;
    const is = isPersonalField(name);
    if (judged.size < REMEMBERED) judged.set(name, is);
    return is;
  };
  /** Whether a colon or equals sign at a place follows the name of a personal field. */
  const followsPersonal = (text: string, at: number): boolean => {
    let end = at;
    for (let spaces = 0; spaces < MOST_SPACES && text.charCodeAt(end - 1) <= 32; spaces += 1) end -= 1;
    const quote = text.charCodeAt(end - 1);
    if (quote === 34 || quote === 39) end -= 1;
    let from = end;
    while (from > 0 && end - from < LONGEST_NAME && isOfName(text.charCodeAt(from - 1))) from -= 1;
    // which letters beyond ASCII belong to a name is for the mask to say
    return text.charCodeAt(from - 1) > 127 || (from < end && isPersonal(text.slice(from, end)));
  };
  return function mask(text) {
    if (text.length > LONGEST) return maskMessage(text);
    let digits = 0;
    let hasNumber = false;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= 48 && code <= 57) {
        digits += 1;
        continue;
      }
      // a number of nine digits, or one of three before a space, which may be the beginning of a phone in groups
      if (digits >= 9 || (digits >= 3 && code === 32)) hasNumber = true;
      digits = 0;
      if (code === 64 || code === 60 || code === 160) return maskMessage(text);
      if ((code === 58 || code === 61) && followsPersonal(text, at)) return maskMessage(text);
    }
    return (hasNumber || digits >= 9) && NUMBERS.test(text) ? maskMessage(text) : text;
  };
}
