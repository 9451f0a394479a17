import { z } from 'zod';

const oid = z.string().regex(/^1(?:\.\d+)+$/, 'is a numeric OID without a leading dot');
const name = z.string().regex(/^[A-Za-z][\w-]*::[A-Za-z][\w-]*$/, 'is MODULE::name');

/** How bad a notification is, and the severity of syslog that it is kept under. `ok` ends something bad. */
export const TRAP_SEVERITIES = { error: 3, warning: 4, notice: 5, ok: 5, info: 6 } as const;
const severity = z.enum(['error', 'warning', 'notice', 'ok', 'info']);
export type TrapSeverity = z.output<typeof severity>;

/** Parts of a text in braces: the value of an object (`{ifName}`), or its index (`{ifName#}`, with dashes `#dashed`, its end `#last`); `|mac` and `|ip` read octets. */
export const TRAP_FIELD = /\{(\w+)(?:#(dashed|last|))?(?:\|(mac|ip))?\}/g;

const TrapSchema = z.strictObject({
  name,
  /** What is written about it. `{host}` is the device. The first entry of a name is taken whose objects are all in the notification. */
  text: z.string().min(1).max(500),
  severity: severity.default('info'),
  /** The object that says how bad it is, by its words. */
  severity_by: z.strictObject({ object: z.string(), words: z.record(z.string(), severity) }).optional(),
});

/** `traps/<name>.yaml`: what the notifications of a vendor mean. */
export const TrapFileSchema = z
  .strictObject({
    name: z.string().min(1).max(100),
    /** Where the notifications and objects stand in the tree; null where that is not known to us, and only who forwards them by name is understood. */
    oids: z.record(name, oid.nullable()),
    /** Words for the numbers of an object. */
    words: z.record(z.string(), z.record(z.string(), z.string())).default({}),
    traps: z.array(TrapSchema).min(1),
  })
  .superRefine(({ oids, words, traps }, context) => {
    const known = new Set(Object.keys(oids).map((full) => full.slice(full.indexOf('::') + 2)));
    const missing = (path: (string | number)[], what: string): void =>
      context.addIssue({ code: 'custom', path, message: `${what} is not among the oids` });
    for (const [index, trap] of traps.entries()) {
      if (!(trap.name in oids)) missing(['traps', index, 'name'], trap.name);
      const fields = [...trap.text.matchAll(TRAP_FIELD)].map(([, field = '']) => field);
      for (const field of fields) if (field !== 'host' && !known.has(field)) missing(['traps', index, 'text'], field);
      const by = trap.severity_by?.object;
      if (by !== undefined && !known.has(by)) missing(['traps', index, 'severity_by'], by);
    }
    for (const object of Object.keys(words)) if (!known.has(object)) missing(['words', object], object);
  });
export type TrapFile = z.output<typeof TrapFileSchema>;
