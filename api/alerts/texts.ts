import type { AlertRule } from '#dashboards/schema/alert-rule.ts';
import type { AlertTexts, BothTexts } from '../contract-alerts.ts';

/** What fills the templates of a rule: an alert's labels, its value, what it is about, the unit's code and name. */
export interface Filling {
  labels: Readonly<Record<string, string>>;
  value: number | null;
  text: string;
  unit: string;
  unit_name: string;
}

const LOCALES = { vi: 'vi-VN', en: 'en-US' } as const;
/** What stands where nothing is known. */
const NOTHING = '—';

/** What a rule says of one of its alerts. */
export function textsOf(rule: AlertRule, filling: Filling): AlertTexts {
  const decimals = rule.shown?.decimals ?? 0;
  const fill = (template: BothTexts): BothTexts => ({
    vi: filled(template.vi, namesOf(filling, decimals, 'vi')),
    en: filled(template.en, namesOf(filling, decimals, 'en')),
  });
  const opens = { ...filling.labels, unit: filling.unit, text: filling.text };
  return {
    name: rule.name,
    summary: fill(rule.summary),
    description: fill(rule.description),
    runbook: rule.runbook,
    opens: rule.opens === undefined ? null : filled(rule.opens, mapped(opens, encodeURIComponent)),
    value: { unit: rule.shown?.unit ?? { vi: '', en: '' }, decimals },
  };
}

function namesOf(
  { labels, value, text, unit_name }: Filling,
  decimals: number,
  language: 'vi' | 'en',
): Record<string, string> {
  const written =
    value === null
      ? NOTHING
      : value.toLocaleString(LOCALES[language], { maximumFractionDigits: decimals, minimumFractionDigits: 0 });
  return { ...labels, text: text === '' ? NOTHING : text, unit: unit_name, value: written };
}

function mapped(names: Readonly<Record<string, string>>, by: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, text]) => [name, by(text)]));
}

/** A name that nothing fills stays as it is written: a fault of the rule is better seen than hidden. */
function filled(template: string, names: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (written, name: string) => names[name] ?? written);
}
