import { z } from 'zod';
import type { EventRow } from './event.ts';

/** Types of the security family: an alert of a sensor, or any other record it wrote (flow, dns, tls, stats …). */
export const SECURITY_TYPES = ['security.alert', 'security.record'] as const;

/** `data` of a security event sent as a CloudEvent. Sensors with a format of their own have their own source folder. */
export const SecurityDataSchema = z.strictObject({
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  category: z.string().max(200).optional(),
  signature: z.string().max(500).optional(),
  asset: z.string().max(200).optional(),
  /** What was done: `allowed`, `blocked`, … */
  action: z.string().max(64).optional(),
});
export type SecurityData = z.infer<typeof SecurityDataSchema>;

/** A row of `log.security_event`. */
export interface SecurityEventRow extends EventRow {
  /** 0 unclassified, 1 low, 2 medium, 3 high, 4 critical. */
  severity: number;
  /** The sensor's own kind of record: `alert`, `dns`, `flow` … */
  event_type: string;
  category: string;
  signature: string;
  asset: string;
  action: string;
  /** The record as the sensor wrote it, JSON text. */
  payload: string;
}
