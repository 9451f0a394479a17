import { z } from 'zod';
import { AlertDataSchema, ALERT_TYPES } from './alert.ts';
import { ChaseDataSchema, CHASE_TYPES } from './chase.ts';
import { DisplayDataSchema, DISPLAY_TYPES } from './display.ts';
import { DossierDataSchema, DOSSIER_TYPES } from './dossier.ts';
import { DutyDataSchema, DUTY_TYPES } from './duty.ts';
import { EntryDataSchema, ENTRY_TYPES } from './entry.ts';
import { IntakeDataSchema, INTAKE_TYPES } from './intake.ts';
import { LinkDataSchema, LINK_TYPES } from './link.ts';
import { ReadingDataSchema, READING_TYPES } from './reading.ts';
import { SecurityDataSchema, SECURITY_TYPES } from './security.ts';
import { SyslogDataSchema, SYSLOG_TYPES } from './syslog.ts';

/**
 * The event families. One family is one append-only log (`log.<family>_event`), one schema of `data`, and the types
 * (`domain.verb`) that belong to it.
 */
export const FAMILIES = {
  dossier: { types: DOSSIER_TYPES, data: DossierDataSchema },
  link: { types: LINK_TYPES, data: LinkDataSchema },
  security: { types: SECURITY_TYPES, data: SecurityDataSchema },
  reading: { types: READING_TYPES, data: ReadingDataSchema },
  chase: { types: CHASE_TYPES, data: ChaseDataSchema },
  entry: { types: ENTRY_TYPES, data: EntryDataSchema },
  display: { types: DISPLAY_TYPES, data: DisplayDataSchema },
  syslog: { types: SYSLOG_TYPES, data: SyslogDataSchema },
  intake: { types: INTAKE_TYPES, data: IntakeDataSchema },
  alert: { types: ALERT_TYPES, data: AlertDataSchema },
  duty: { types: DUTY_TYPES, data: DutyDataSchema },
} as const;

export type Family = keyof typeof FAMILIES;
export const FAMILY_NAMES = [
  'dossier',
  'link',
  'security',
  'reading',
  'chase',
  'entry',
  'display',
  'syslog',
  'intake',
  'alert',
  'duty',
] as const satisfies readonly Family[];

/** A name of at most so many characters. Half a surrogate pair has no bytes of its own: two names that differ in it would be one when kept. */
const name = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    // read code point by code point, a surrogate is left over only where its other half is missing
    .refine((text) => !/\p{Surrogate}/u.test(text), 'is not well-formed Unicode: it holds half of a surrogate pair');

/**
 * The envelope: CloudEvents 1.0 (https://github.com/cloudevents/spec, version 1.0.2, JSON format).
 * `time` is when it happened (RFC 3339) and is required here, because every figure is a figure as of an instant.
 * `unit` is our one extension attribute of meaning: the code of the unit concerned, in either code style, or an alias of it.
 * Other extension attributes are allowed by the standard and are not kept.
 */
export const EnvelopeSchema = z
  .object({
    specversion: z.literal('1.0'),
    id: name(256),
    source: name(256),
    type: z.string().min(1).max(128),
    time: z.iso.datetime({ offset: true }),
    subject: name(256).optional(),
    datacontenttype: z.string().max(128).optional(),
    dataschema: z.string().max(512).optional(),
    unit: name(64).optional(),
    data: z.unknown().optional(),
  })
  .loose();
export type Envelope = z.infer<typeof EnvelopeSchema>;

/** What every stored event row has, whatever its family. Instants are epoch milliseconds, UTC. */
export interface EventRow {
  /** UUID text; the same event always has the same key, so that whatever is re-sent collapses. */
  event_key: string;
  id: string;
  source: string;
  type: string;
  subject: string;
  /** Where it belongs: `/H49/H49.02/`; `/H49/?/` when the unit is not known. */
  unit_path: string;
  /** The unit as the source wrote it; empty when it wrote none. */
  unit: string;
  observed_at: number;
  received_at: number;
  /** 1 for what a simulator made; the wall is watermarked when such events are on it. */
  simulated: 0 | 1;
}
