import { z } from 'zod';
import type { EventRow } from './event.ts';

/** The type of the syslog family: one line that a device or a program wrote. */
export const SYSLOG_TYPES = ['syslog.message'] as const;

/** `data` of a line sent as a CloudEvent. Lines that come as syslog have their own source folder. */
export const SyslogDataSchema = z.strictObject({
  facility: z.int().min(0).max(23).default(1),
  /** 0 emergency to 7 debug. */
  severity: z.int().min(0).max(7).default(6),
  hostname: z.string().max(255).optional(),
  app_name: z.string().max(128).optional(),
  procid: z.string().max(128).optional(),
  msgid: z.string().max(64).optional(),
  message: z.string().max(65_536),
});
export type SyslogData = z.output<typeof SyslogDataSchema>;

/** A row of `log.syslog_event`. Texts that the line does not have are empty. */
export interface SyslogEventRow extends EventRow {
  facility: number;
  /** 0 emergency to 7 debug. */
  severity: number;
  /** `rfc5424`, `rfc3164`, or `raw` for what is written in neither. */
  format: string;
  /** How it came: `udp`, `tcp`, `tls`. */
  transport: string;
  /** The address that it came from. */
  sender: string;
  hostname: string;
  app_name: string;
  procid: string;
  msgid: string;
  /** JSON: parameters by the id of their element. */
  structured_data: string;
  message: string;
  /** Why it was kept raw, or something of it guessed; empty for most. */
  fault: string;
  /** The whole line as it came, where `fault` says that something is wrong with it. */
  raw: string;
}
