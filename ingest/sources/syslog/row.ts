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
    // bytes that are no UTF-8 become U+FFFD
    const text = bytes.toString('utf8', from, to);
    const message = parse(text, origin.received_at);
    if (message.fault === '' && to - from >= MESSAGE_BYTES) message.fault = 'too_long';
    const { transport, address } = senderOf(origin.sender);
    const device = devices.find(address, message.hostname);
    const source = device?.id ?? UNKNOWN_SOURCE;
    const unit = device?.unit ?? address;
    const simulated = device?.simulated === true ? 1 : 0;
    const observed_at = instantOf(message, origin.received_at);
    const product = productOf(message);
    if (product)
      return {
        family: 'security',
        row: securityRow({ origin, source, unit, simulated, observed_at, product, message, judge }),
      };
    if (message.fault !== '') onFault(message.fault);
    // every field by name: an object that others are spread into is many times slower to make and to read
    const row: SyslogEventRow = {
      event_key: origin.event_key,
      // a line has no id of its own; its key is one
      id: origin.event_key,
      source,
      type: 'syslog.message',
      subject: '',
      unit_path: '',
      unit,
      observed_at,
      received_at: origin.received_at,
      simulated,
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
      raw: isAllInMessage(message.fault) ? '' : text,
    };
    return { family: 'syslog', row };
  };
}

/** True when nothing of a line is lost in its fields: it has no fault, or only lacks its priority or its time. */
const isAllInMessage = (fault: SyslogFault | ''): boolean =>
  fault === '' || fault === 'time_missing' || fault === 'pri_missing';

/** When it happened. A time that cannot be used, since it lies in the future, is replaced by that of the reception, and marked. */
function instantOf(message: SyslogMessage, received_at: number): number {
  const { time } = message;
  if (time === undefined) return received_at;
  if (time <= received_at + FUTURE_LIMIT_MS && isStorable(time)) return time;
  if (message.fault === '') message.fault = 'time_future';
  return received_at;
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

/** What a security event is made of. */
interface Reported {
  origin: RecordOrigin;
  source: string;
  unit: string;
  simulated: 0 | 1;
  observed_at: number;
  product: ProductEvent;
  message: SyslogMessage;
  judge: Judge;
}

function securityRow({
  origin,
  source,
  unit,
  simulated,
  observed_at,
  product,
  message,
  judge,
}: Reported): SecurityEventRow {
  const { severity: step, isAlert } = judge(product);
  const { fields } = product;
  const { hostname, facility, severity } = message;
  return {
    event_key: origin.event_key,
    id: origin.event_key,
    source,
    type: isAlert ? 'security.alert' : 'security.record',
    subject: '',
    unit_path: '',
    unit,
    observed_at,
    received_at: origin.received_at,
    simulated,
    severity: isAlert ? step : 0,
    event_type: product.format,
    category: fields['cat'] ?? fields['deviceEventCategory'] ?? '',
    signature: product.name === '' ? product.event_id : product.name,
    asset: fields['dst'] ?? fields['dhost'] ?? '',
    action: fields['act'] ?? fields['action'] ?? '',
    payload: JSON.stringify({ ...product, syslog: { hostname, facility, severity } }),
  };
}
