import { createI18n } from 'vue-i18n';
import en from './en.json';
import vi from './vi.json';

export type Language = 'vi' | 'en';
/** Every key that a catalogue has; the two catalogues have the same (tested). */
export type Catalogue = typeof vi;

const KEPT = 'toan-canh.lang';

/** True for text that names a language we have. */
export function isLanguage(value: unknown): value is Language {
  return value === 'vi' || value === 'en';
}

function kept(): Language {
  try {
    const value = localStorage.getItem(KEPT);
    return isLanguage(value) ? value : 'vi';
  } catch {
    return 'vi'; // storage is switched off on some kiosks
  }
}

// the composition API; the option goes away, as the default, with the next major version
const options = { legacy: false, locale: kept(), fallbackLocale: 'vi', messages: { vi, en } } as const;

/** The catalogues. Vietnamese unless the viewer chose English before. */
export const i18n = createI18n<[Catalogue], Language, false>(options);

/** Switches the language of every page and keeps the choice. */
export function chooseLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // nothing to keep it in: the choice lasts as long as the page
  }
}
