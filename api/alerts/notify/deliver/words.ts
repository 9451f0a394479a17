import { DateTime } from 'luxon';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { LoadedRule } from '#dashboards/dashboards.ts';
import { textsOf } from '../../texts.ts';
import type { Notice } from '../notice.ts';
import type { NotifyAlert } from '../notify-alert.ts';

/** What a notice says to people: in Vietnamese, whose receivers are Vietnamese offices. */
export interface Words {
  title: string;
  /** A line for each alert, the gravest first; what is over after what fires. */
  lines: string[];
}

/** What words are made with. */
export interface WordsOf {
  units: UnitIndex;
  rules: ReadonlyMap<string, LoadedRule>;
  zone: string;
}

const SEVERITIES = ['Thấp', 'Trung bình', 'Cao', 'Nghiêm trọng'];
/** Most lines: who has more open does not read on in a message. */
const MOST = 20;

/** What is told of a notice. */
export function wordsOf({ firing, resolved, reason, level }: Notice, how: WordsOf): Words {
  const gravest = [...firing].sort((a, b) => b.severity - a.severity || b.fired_at - a.fired_at);
  const [first = resolved[0]] = gravest;
  const name = first ? summaryOf(first, how) : '';
  const mark = level > 0 ? `Chưa ai nhận (cấp ${level}): ` : reason === 'repeat' ? 'Nhắc lại: ' : '';
  const severity = SEVERITIES[(gravest[0]?.severity ?? 1) - 1] ?? '';
  const title =
    firing.length === 0
      ? `[Đã hết] ${counted(resolved.length, name)}`
      : `[${severity}] ${mark}${counted(firing.length, name)}`;
  const lines = [
    ...gravest.map((alert) => lineOf(alert, SEVERITIES[alert.severity - 1] ?? '', alert.fired_at, how)),
    ...resolved.map((alert) => lineOf(alert, 'Đã hết', alert.state_at, how)),
  ];
  const rest = lines.length - MOST;
  return { title, lines: rest > 0 ? [...lines.slice(0, MOST), `… và ${rest} cảnh báo khác`] : lines };
}

function counted(count: number, name: string): string {
  return count === 1 ? name : `${count} cảnh báo: ${name}…`;
}

function lineOf(alert: NotifyAlert, state: string, at: number, how: WordsOf): string {
  const unit = how.units.byCode(alert.unit)?.short ?? alert.unit;
  const time = DateTime.fromMillis(at, { zone: how.zone }).toFormat('HH:mm dd/MM');
  return `• ${state}: ${summaryOf(alert, how)}${unit === '' ? '' : ` — ${unit}`}, từ ${time} (${alert.alert_id})`;
}

/** What the rule says of an alert; of one that was pushed, its own text or name. */
export function summaryOf({ rule, labels, value, text, unit }: NotifyAlert, { units, rules }: WordsOf): string {
  const known = rules.get(rule);
  if (!known) return text === '' ? rule : text;
  return textsOf(known, { labels, value, text, unit, unit_name: units.byCode(unit)?.name ?? unit }).summary.vi;
}
