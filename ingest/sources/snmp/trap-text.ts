import { TRAP_FIELD, type TrapFile, type TrapSeverity } from '../../schema/trap-file.ts';

/** An object of a notification: its name without the module, the index of its row, its value. */
export interface TrapObject {
  name: string;
  index: string;
  value: string | Buffer;
}

/** A notification, as it is described. */
export interface NamedTrap {
  /** `MODULE::name`; the OID where nobody knows a name. */
  name: string;
  host: string;
  objects: readonly TrapObject[];
}

/** What is said of a notification. */
export interface TrapText {
  message: string;
  severity: TrapSeverity;
  /** Whether a file knows it. */
  isKnown: boolean;
}

/** Names and describes notifications by the files. */
export interface TrapBook {
  /** The name of a notification, or of an object and its index: the OID, and the index empty, where it is not known. */
  nameOf: (oid: string) => { name: string; index: string };
  describe: (trap: NamedTrap) => TrapText;
}

/** Longest message, in characters. */
const LONGEST = 2_000;

/** Binds the files to a book. */
export function createTrapBook(files: readonly TrapFile[]): TrapBook {
  const names = new Map(
    files.flatMap(({ oids }) => Object.entries(oids).map(([name, oid]): [string | null, string] => [oid, name])),
  );
  const traps = new Map<string, { entry: TrapFile['traps'][number]; words: TrapFile['words'] }[]>();
  for (const { traps: entries, words } of files)
    for (const entry of entries) traps.set(entry.name, [...(traps.get(entry.name) ?? []), { entry, words }]);

  return {
    nameOf: (oid) => {
      for (let end = oid.length; end > 0; end = oid.lastIndexOf('.', end - 1)) {
        const name = names.get(oid.slice(0, end));
        if (name !== undefined) return { name, index: oid.slice(end + 1) };
      }
      return { name: oid, index: '' };
    },
    describe: (trap) => {
      for (const { entry, words } of traps.get(trap.name) ?? []) {
        const message = fill(entry.text, trap, words);
        if (message === undefined) continue;
        const by = entry.severity_by;
        const word = by && wordOf(trap.objects, by.object, words);
        const severity = (word === undefined ? undefined : by?.words[word]) ?? entry.severity;
        return { message: message.slice(0, LONGEST), severity, isKnown: true };
      }
      const objects = trap.objects.map(({ name, index, value }) => `${name}${index && `.${index}`}=${plain(value)}`);
      return { message: [trap.name, ...objects].join(' ').slice(0, LONGEST), severity: 'info', isKnown: false };
    },
  };
}

/** The text with its fields filled; undefined where the notification does not have one of them. */
function fill(text: string, { host, objects }: NamedTrap, words: TrapFile['words']): string | undefined {
  const missing: string[] = [];
  const filled = text.replace(TRAP_FIELD, (_, field: string, index: string | undefined, form: string | undefined) => {
    if (field === 'host') return host;
    const object = objects.find(({ name }) => name === field);
    if (!object) missing.push(field);
    if (!object) return '';
    if (index !== undefined) return indexOf(object.index, index);
    if (form !== undefined) return form === 'mac' ? macOf(object.value) : addressOf(object.value);
    return wordOf(objects, field, words) ?? '';
  });
  return missing.length === 0 ? filled : undefined;
}

function wordOf(objects: readonly TrapObject[], field: string, words: TrapFile['words']): string | undefined {
  const object = objects.find(({ name }) => name === field);
  if (!object) return undefined;
  const value = plain(object.value);
  return words[field]?.[value] ?? value;
}

function indexOf(index: string, form: string): string {
  if (form === 'dashed') return index.replaceAll('.', '-');
  return form === 'last' ? index.slice(index.lastIndexOf('.') + 1) : index;
}

/** A value for people: octets that are no text in hexadecimal digits. */
export function plain(value: string | Buffer): string {
  if (typeof value === 'string') return value;
  const text = value.toString('utf8');
  return /[\p{Cc}\uFFFD]/u.test(text.replace(/[\r\n\t]|\0$/g, ''))
    ? value.toString('hex')
    : text.replace(/\0$/, '').trim();
}

/** Octets as they were sent, or as they are written: `20 01 0D 88`. */
function octetsOf(value: string | Buffer): Buffer {
  if (typeof value !== 'string') return value;
  return /^(?:[0-9a-f]{2}[ :]?)+$/i.test(value.trim())
    ? Buffer.from(value.replace(/[ :]/g, ''), 'hex')
    : Buffer.from(value);
}

function macOf(value: string | Buffer): string {
  const written = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/i.exec(plain(value))?.[0];
  return (
    written ??
    octetsOf(value)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:')
  );
}

function addressOf(value: string | Buffer): string {
  const octets = octetsOf(value);
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return plain(value);
  const groups = Array.from({ length: 8 }, (_, n) => octets.readUInt16BE(n * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
