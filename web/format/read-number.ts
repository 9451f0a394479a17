import type { Language } from '../i18n/i18n.ts';

/** A number as people of a language write it: groups of three, or none. */
const WRITTEN: Record<Language, RegExp> = {
  vi: /^-?(\d{1,3}(\.\d{3})+|\d{1,15})(,\d{1,6})?$/,
  en: /^-?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,6})?$/,
};

/** Reads a number as it is written in a language: `44.800` and `83,88` in Vietnamese, `44,800` and `83.88` in English. Undefined for any other text. */
export function readNumber(text: string, language: Language): number | undefined {
  const trimmed = text.trim().replace('−', '-');
  if (!WRITTEN[language].test(trimmed)) return undefined;
  const plain = language === 'vi' ? trimmed.replaceAll('.', '').replace(',', '.') : trimmed.replaceAll(',', '');
  return Number(plain);
}

/** How many decimals a number has, at most three. */
export function decimalsOf(value: number): number {
  const [, fraction = ''] = String(Number(value.toFixed(3))).split('.');
  return fraction.length;
}
