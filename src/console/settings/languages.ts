/** The languages that the service has texts and labels in. */
export const textLanguages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'da', 'nb', 'sv', 'ar', 'zh'] as const;

/** What a language is called in the reader's. */
export function languageName(tag: string, reader: string): string {
  return new Intl.DisplayNames([reader], { type: 'language' }).of(tag) ?? tag;
}
