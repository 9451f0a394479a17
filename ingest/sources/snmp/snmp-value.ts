import { ObjectType, type Varbind as WireVarbind } from 'net-snmp';

/** A value as an agent gives it; null where it has none (no such object, no such instance, end of the tree). Octets are bytes, counters of 64 bits bigint. */
export type SnmpValue = number | bigint | string | Buffer | null;

/** An object and its value. */
export interface Varbind {
  oid: string;
  value: SnmpValue;
}

/** Reads what the library gives. */
export function varbindOf({ oid, type, value }: WireVarbind): Varbind {
  if (type === ObjectType.Counter64 && Buffer.isBuffer(value)) return { oid, value: counterOf(value) };
  if (typeof value === 'boolean') return { oid, value: Number(value) };
  return { oid, value: value ?? null };
}

function counterOf(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

/** A value as a number; null where it is none. A text of digits is one: agents give fractions so. */
export function numberOf(value: SnmpValue | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (!Buffer.isBuffer(value)) return null;
  const text = value.toString('latin1').trim();
  return /^[+-]?\d+(?:\.\d+)?/.test(text) ? Number.parseFloat(text) : null;
}

/** A value as text for people: without control characters, at most 200 characters; empty where it is none. */
export function textOf(value: SnmpValue | undefined): string {
  if (value === undefined || value === null) return '';
  const text = Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
}
