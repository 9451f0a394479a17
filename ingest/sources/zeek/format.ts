import { z } from 'zod';
import type { SensorFormat } from '../sensor/format.ts';
import { readTimestamp } from '../sensor/timestamp.ts';

const text = z.string().catch('');

const RecordSchema = z.object({
  _path: text,
  ts: z.unknown().optional(),
  'id.resp_h': text,
  // notice.log
  note: text,
  msg: text,
  dst: text,
  actions: z.array(text).catch([]),
  // weird.log
  name: text,
  notice: z.boolean().catch(false),
});

/**
 * Our severity of what Zeek was told to do with a notice: it has no severities of its own. One that alarms or pages somebody is high, one that is mailed is
 * medium; one that is only logged is unclassified, not low.
 */
export function severityOfActions(actions: readonly string[]): number {
  const isAny = (...names: string[]) => actions.some((action) => names.some((name) => action.endsWith(name)));
  if (isAny('ACTION_ALARM', 'ACTION_PAGE')) return 3;
  return isAny('ACTION_EMAIL', 'ACTION_EMAIL_ADMIN') ? 2 : 0;
}

/** A line of one of Zeek's logs as JSON (https://docs.zeek.org, "Log files"). A notice, and a weird thing that was noticed, is an alert. */
export const readZeek: SensorFormat = (record, log = '') => {
  const parsed = RecordSchema.safeParse(record);
  if (!parsed.success) return undefined;
  const { _path, ts, note, msg, dst, actions, name, notice, 'id.resp_h': responder } = parsed.data;
  const event_type = _path || log;
  const isNotice = event_type === 'notice' || (event_type === '' && note !== '');
  return {
    // seconds since 1970 unless Zeek was told to write ISO 8601
    observed_at: typeof ts === 'number' && Number.isFinite(ts) ? Math.trunc(ts * 1000) : readTimestamp(ts),
    isAlert: isNotice || (event_type === 'weird' && notice),
    severity: isNotice ? severityOfActions(actions) : 0,
    event_type: event_type || (isNotice ? 'notice' : ''),
    category: isNotice ? (note.split('::')[0] ?? '') : event_type === 'weird' ? 'weird' : '',
    signature: isNotice ? (note === '' ? msg : `${note}: ${msg}`) : name,
    asset: dst || responder,
    action: '',
  };
};
