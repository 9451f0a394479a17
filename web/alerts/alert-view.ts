import type { Alert, AlertDetail, AlertTexts } from '#api/contract-alerts.ts';
import type { Language } from '../i18n/i18n.ts';
import { MISSING } from '../format/format.ts';
import type { Formats } from '../format/format.ts';

/** Who has an alert: whom it was given to, else who acknowledged it; empty while nobody does. */
export function ownerOf(alert: Pick<Alert, 'assignee' | 'acknowledged_by'>): string {
  return alert.assignee || alert.acknowledged_by;
}

/** What is wrong, in one line; of an alert without a rule what was pushed with it, or the rule's bare name. */
export function summaryOf(alert: Pick<Alert, 'texts' | 'text' | 'rule' | 'labels'>, language: Language): string {
  return alert.texts?.summary[language] || alert.labels.summary || alert.text || alert.rule;
}

/** What it costs; empty where nobody wrote it. */
export function costOf(alert: Pick<Alert, 'texts' | 'labels'>, language: Language): string {
  return alert.texts?.description[language] ?? alert.labels.description ?? '';
}

/** What a receiver is called; its id where its file is gone. */
export function receiverName({ receivers }: Pick<AlertDetail, 'receivers'>, id: string, language: Language): string {
  return receivers[id]?.[language] ?? id;
}

/** A value as its rule writes it: `23,4 %`. What is not known is a dash. */
export function valueText(
  value: number | null,
  shown: AlertTexts['value'] | undefined,
  language: Language,
  formats: Pick<Formats, 'decimal'>,
): string {
  if (value === null) return MISSING;
  const digits = formats.decimal(value, shown?.decimals ?? (Number.isInteger(value) ? 0 : 1));
  const unit = shown?.unit[language] ?? '';
  return unit === '' ? digits : `${digits} ${unit}`;
}
