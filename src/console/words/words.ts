import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './english.ts';

/** The languages of the console, each by its own name. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  nb: 'Norsk bokmål',
} as const;

export type ConsoleLanguage = keyof typeof languages;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof english;
  }
}

const storageKey = 'scoreback-language';

/** Those that are not English are fetched when somebody wants them. */
const others = import.meta.glob<{ default: object }>(['./de/*.json', './fr/*.json', './es/*.json', './nb/*.json']);

const isLanguage = (name: string): name is ConsoleLanguage => Object.hasOwn(languages, name);

/** What they chose here before, else what their browser asks for, else English. */
function usualLanguage(): ConsoleLanguage {
  const requested = [localStorage.getItem(storageKey) ?? '', ...navigator.languages];
  // Browsers say `no` and `nn` for Norwegian too.
  const short = requested.map((name) => (name.split('-')[0] ?? '').replace(/^n[on]$/u, 'nb'));
  return short.find(isLanguage) ?? 'en';
}

export async function speakUsualLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: Object.keys(english),
    defaultNS: 'shell',
    resources: { en: english },
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  await show(usualLanguage());
}

/** Speaks what somebody's account keeps, here and before they sign in again; `null` is what the browser asks for. */
export async function speak(language: ConsoleLanguage | null): Promise<void> {
  if (language === null) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, language);
  await show(usualLanguage());
}

async function show(language: ConsoleLanguage): Promise<void> {
  for (const [path, load] of Object.entries(others)) {
    const [, of, name = ''] = /^\.\/(\w+)\/([\w-]+)\.json$/u.exec(path) ?? [];
    if (of !== language || i18next.hasResourceBundle(language, namespaceOf(name))) continue;
    i18next.addResourceBundle(language, namespaceOf(name), (await load()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** `sign-in.json` holds what is called `signIn` in the code. */
function namespaceOf(file: string): string {
  return file.replace(/-(\w)/gu, (_all, email: string) => email.toUpperCase());
}
