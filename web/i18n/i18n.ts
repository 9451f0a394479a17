import { createI18n } from 'vue-i18n';
import type vi from './vi.json';

export type Language = 'vi' | 'en';
/** Every key that a catalogue has; the two catalogues have the same (tested). */
export type Catalogue = typeof vi;

const KEPT = 'toan-canh.lang';
/** The words of each language: whoever reads one does not wait for the other. */
const WORDS = { vi: () => import('./vi.json'), en: () => import('./en.json') };

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
const options = { legacy: false, locale: kept() } as const;

/** The catalogues that were fetched. Vietnamese unless the viewer chose English before. */
export const i18n = createI18n<[Catalogue], Language, false>(options);

const fetched = new Set<Language>();

async function fetchWords(language: Language): Promise<void> {
  if (fetched.has(language)) return;
  i18n.global.setLocaleMessage(language, (await WORDS[language]()).default);
  fetched.add(language);
}

/** Returns when the words of the viewer's language are there; before that nothing can be said. */
export async function wordsReady(): Promise<void> {
  await fetchWords(i18n.global.locale.value);
}

/** Switches the language of every page and keeps the choice. Where the words cannot be had, all stays as it is. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    await fetchWords(language);
  } catch {
    return;
  }
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // nothing to keep it in: the choice lasts as long as the page
  }
}
