import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Province } from '#api/contract.ts';
import { formatsOf } from '../format/format.ts';
import type { Formats } from '../format/format.ts';
import { isLanguage } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { UNKNOWN_UNIT, useProvince } from './use-province.ts';

/** A text in both languages, as board files hold it. */
type BothLanguages = Province['name'];

/** What stands for a unit that nobody knows. */
const UNKNOWN = new Set(['', UNKNOWN_UNIT]);

/** Words and numbers in the viewer's language and the province's zone. */
export interface Words {
  /** `plural` picks the form where a text has one for one and one for many (`{n} alert | {n} alerts`). */
  t: (key: string, values?: Record<string, unknown>, plural?: number) => string;
  /** True when the catalogue has the key. */
  has: (key: string) => boolean;
  /** The text of a board file in the viewer's language. */
  text: (both: BothLanguages | undefined) => string;
  /** What fits on a wall for the code of a unit: `Vân Đồn`. */
  unitName: (code: string) => string;
  language: ComputedRef<Language>;
  formats: ComputedRef<Formats>;
}

/** Everything a component needs to speak. */
export function useWords(): Words {
  const composer = useI18n({ useScope: 'global' });
  const { province, units } = useProvince();
  const t: Words['t'] = (key, values, plural) =>
    plural === undefined ? composer.t(key, values ?? {}) : composer.t(key, values ?? {}, plural);
  const language = computed<Language>(() => (isLanguage(composer.locale.value) ? composer.locale.value : 'vi'));
  return {
    t,
    has: (key) => composer.te(key),
    text: (both) => both?.[language.value] ?? '',
    unitName: (code) => units.value.get(code)?.short ?? (UNKNOWN.has(code) ? t('unit.unknown') : code),
    language,
    formats: computed(() => formatsOf(language.value, province.value?.zone ?? 'Asia/Ho_Chi_Minh')),
  };
}
