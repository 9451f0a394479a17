import type { z } from 'zod';
import { AlertDataSchema } from '../schema/alert.ts';
import { ChaseDataSchema } from '../schema/chase.ts';
import { DossierDataSchema } from '../schema/dossier.ts';
import { DisplayDataSchema } from '../schema/display.ts';
import { DutyDataSchema } from '../schema/duty.ts';
import { EntryDataSchema } from '../schema/entry.ts';
import type { Envelope, Family } from '../schema/event.ts';
import { IntakeDataSchema } from '../schema/intake.ts';
import { LinkDataSchema } from '../schema/link.ts';
import { ReadingDataSchema } from '../schema/reading.ts';
import type { LogEntry } from '../schema/row.ts';
import { SecurityDataSchema } from '../schema/security.ts';
import { SyslogDataSchema } from '../schema/syslog.ts';
import { eventKey } from './event-key.ts';
import { reasonOf } from './reason.ts';
import { alertRow } from './rows/alert.ts';
import { chaseRow } from './rows/chase.ts';
import { dossierRow } from './rows/dossier.ts';
import { displayRow } from './rows/display.ts';
import { dutyRow } from './rows/duty.ts';
import { entryRow } from './rows/entry.ts';
import { intakeRow } from './rows/intake.ts';
import { linkRow } from './rows/link.ts';
import { readingRow } from './rows/reading.ts';
import { securityRow } from './rows/security.ts';
import { syslogRow } from './rows/syslog.ts';
import { rejected, type Origin, type Rejected } from './step.ts';

/** An event with the row that it becomes; its unit is resolved later. */
export interface Mapped {
  result: 'mapped';
  entry: LogEntry;
}

/** What every row has, as far as the envelope says it. */
function common(envelope: Envelope, origin: Origin) {
  const source = origin.source ?? envelope.source;
  return {
    event_key: eventKey(source, envelope.id),
    id: envelope.id,
    source,
    type: envelope.type,
    subject: envelope.subject ?? '',
    unit_path: '',
    unit: envelope.unit ?? '',
    observed_at: Date.parse(envelope.time),
    received_at: origin.received_at,
    simulated: origin.simulated,
  };
}

/** `data`, or the JSON text that `data_base64` carries. */
function dataOf(envelope: Envelope): unknown {
  const encoded = envelope['data_base64'];
  if (envelope.data !== undefined || typeof encoded !== 'string') return envelope.data ?? {};
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Checks `data` against the schema of the family and makes the row. */
export function checkData(family: Family, envelope: Envelope, origin: Origin): Mapped | Rejected {
  const sent = dataOf(envelope);
  const row = common(envelope, origin);
  switch (family) {
    case 'dossier': {
      if (envelope.subject === undefined) return subjectMissing('the dossier number');
      const data = DossierDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: dossierRow(row, data.data) } };
    }
    case 'link': {
      if (envelope.subject === undefined) return subjectMissing('the link');
      const data = LinkDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: linkRow(row, data.data) } };
    }
    case 'security': {
      const data = SecurityDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: securityRow(row, data.data) } };
    }
    case 'reading': {
      const data = ReadingDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: readingRow(row, data.data) } };
    }
    case 'chase': {
      if (envelope.subject === undefined) return subjectMissing('the chase');
      const data = ChaseDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      const { deadline_at, dossier_ids = [] } = data.data;
      if (envelope.type === 'chase.sent' && (deadline_at === undefined || dossier_ids.length === 0))
        return rejected('IOC_EVENT_DATA', 'data: chase.sent names deadline_at and at least one of dossier_ids');
      if (envelope.type.startsWith('apology.') && dossier_ids.length === 0)
        return rejected('IOC_EVENT_DATA', `data: ${envelope.type} names at least one of dossier_ids`);
      return { result: 'mapped', entry: { family, row: chaseRow(row, data.data) } };
    }
    case 'entry': {
      if (envelope.unit === undefined) return rejected('IOC_EVENT_DATA', 'unit: a figure is of a unit');
      const data = EntryDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: entryRow(row, data.data) } };
    }
    case 'display': {
      if (envelope.subject === undefined) return rejected('IOC_EVENT_DATA', 'subject: names the screen');
      const data = DisplayDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: displayRow(row, data.data) } };
    }
    case 'syslog': {
      const data = SyslogDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: syslogRow(row, data.data) } };
    }
    case 'intake': {
      if (envelope.subject === undefined) return subjectMissing('what is reported of');
      const data = IntakeDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: intakeRow(row, data.data) } };
    }
    case 'alert': {
      if (envelope.subject === undefined) return subjectMissing('the alert');
      const data = AlertDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: alertRow(row, data.data) } };
    }
    case 'duty': {
      if (envelope.subject === undefined) return subjectMissing('the silence, or the shift,');
      const data = DutyDataSchema.safeParse(sent);
      if (!data.success) return wrong(data.error);
      return { result: 'mapped', entry: { family, row: dutyRow(row, data.data) } };
    }
  }
}

function wrong(error: z.ZodError): Rejected {
  return rejected('IOC_EVENT_DATA', reasonOf(error, 'data'));
}

function subjectMissing(what: string): Rejected {
  return rejected('IOC_EVENT_SUBJECT_MISSING', `subject: ${what} is missing`);
}
