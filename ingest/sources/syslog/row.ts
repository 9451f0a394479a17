import { isAscii } from 'node:buffer';
import { FUTURE_LIMIT_MS } from '../../clickhouse/known/known-events.ts';
import { isStorable } from '../../pipeline/check-time.ts';
import type { DeviceIndex } from '../../schema/inventory.ts';
import type { SecurityEventRow } from '../../schema/security.ts';
import type { Judge } from '../../schema/severity-map.ts';
import type { SyslogEventRow } from '../../schema/syslog.ts';
import type { ReadRecord, RecordOrigin } from '../../spool/drain.ts';
import { parseCef, type ProductEvent } from './cef.ts';
import { parseLeef } from './leef.ts';
import type { SyslogFault, SyslogMessage } from './message.ts';
import { createParse } from './parse.ts';

/** Largest message that is kept, in bytes. Senders are told to expect 2,048 (RFC 5425); audit records of a firewall have some thousands. */
export const MESSAGE_BYTES = 65_536;
/** The source of lines whose sender is not in the inventory. */
export const UNKNOWN_SOURCE = 'syslog';
/** Senders remembered; the bound is for addresses that are made up. */
const REMEMBERED = 10_000;
/** U+FEFF, by which RFC 5424 marks a message as UTF-8. */
const BOM = 0xfeff;

/** What lines are read with. */
export interface SyslogReadOptions {
  devices: DeviceIndex;
  judge: Judge;
  /** Told of every line that is kept with a fault. */
  onFault: (fault: SyslogFault) => void;
}

/** Reads a spooled line. Every line becomes one event: of the security family where a product reports one in CEF or LEEF, of the syslog family otherwise. */
export function createReadSyslog({ devices, judge, onFault }: SyslogReadOptions): ReadRecord {
  const parse = createParse();
  const senders = new Map<string, { transport: string; address: string }>();
  const senderOf = (text: string): { transport: string; address: string } => {
    const known = senders.get(text);
    if (known) return known;
    if (senders.size >= REMEMBERED) senders.clear();
    const space = text.indexOf(' ');
    const sender = { transport: text.slice(0, space), address: text.slice(space + 1) };
    senders.set(text, sender);
    return sender;
  };
  return function readSyslog(bytes, from, to, origin) {
    const text = textOf(bytes, from, to);
    const message = parse(text, origin.received_at);
    if (message.fault === '' && to - from >= MESSAGE_BYTES) message.fault = 'too_long';
    const { transport, address } = senderOf(origin.sender);
    const device = devices.find(address, message.hostname);
    const common = commonOf(origin, message, device?.id ?? UNKNOWN_SOURCE, device?.unit ?? address);
    const product = productOf(message);
    if (product) return { family: 'security', row: securityRow(common, product, judge, message) };
    if (message.fault !== '') onFault(message.fault);
    const isRaw = message.fault !== '' && message.fault !== 'time_missing' && message.fault !== 'pri_missing';
    const row: SyslogEventRow = {
      ...common,
      type: 'syslog.message',
      facility: message.facility,
      severity: message.severity,
      format: message.format,
      transport,
      sender: address,
      hostname: message.hostname,
      app_name: message.app_name,
      procid: message.procid,
      msgid: message.msgid,
      structured_data: message.structured_data === undefined ? '' : JSON.stringify(message.structured_data),
      message: message.message.charCodeAt(0) === BOM ? message.message.slice(1) : message.message,
      fault: message.fault,
      // a line that only lacks its priority or its time is all in its message
      raw: isRaw ? text : '',
    };
    return { family: 'syslog', row };
  };
}

/** Most lines are ASCII, which is read faster than UTF-8; bytes that are neither become U+FFFD. */
function textOf(bytes: Buffer, from: number, to: number): string {
  return bytes.toString(isAscii(bytes.subarray(from, to)) ? 'latin1' : 'utf8', from, to);
}

/** The fields of every event. A time that cannot be used, since it lies in the future, is replaced by that of the reception, and marked. */
function commonOf(origin: RecordOrigin, message: SyslogMessage, source: string, unit: string) {
  const { time } = message;
  const isUsable = time !== undefined && time <= origin.received_at + FUTURE_LIMIT_MS && isStorable(time);
  if (time !== undefined && !isUsable && message.fault === '') message.fault = 'time_future';
  return {
    event_key: origin.event_key,
    id: origin.id,
    source,
    type: '',
    subject: '',
    unit_path: '',
    unit,
    observed_at: isUsable ? time : origin.received_at,
    received_at: origin.received_at,
    simulated: 0,
  } as const;
}

/** What a product reports in a format of its own; one that is not whole is kept as a line, with a mark. */
function productOf(message: SyslogMessage): ProductEvent | undefined {
  const first = message.message.charCodeAt(0);
  if (first !== 67 && first !== 76) return undefined;
  const isCef = message.message.startsWith('CEF:');
  if (!isCef && !message.message.startsWith('LEEF:')) return undefined;
  const product = isCef ? parseCef(message.message) : parseLeef(message.message);
  if (!product && message.fault === '') message.fault = isCef ? 'cef' : 'leef';
  return product;
}

function securityRow(
  common: ReturnType<typeof commonOf>,
  product: ProductEvent,
  judge: Judge,
  { hostname, facility, severity }: SyslogMessage,
): SecurityEventRow {
  const { severity: step, isAlert } = judge(product);
  const { fields } = product;
  return {
    ...common,
    type: isAlert ? 'security.alert' : 'security.record',
    severity: isAlert ? step : 0,
    event_type: product.format,
    category: fields['cat'] ?? fields['deviceEventCategory'] ?? '',
    signature: product.name === '' ? product.event_id : product.name,
    asset: fields['dst'] ?? fields['dhost'] ?? '',
    action: fields['act'] ?? fields['action'] ?? '',
    payload: JSON.stringify({ ...product, syslog: { hostname, facility, severity } }),
  };
}
