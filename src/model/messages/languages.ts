/** The languages of whoever works here: of the console, and of what the API says. Customers are written to in more. */
export const messageLanguages = ['en', 'de', 'fr', 'es', 'nb'] as const;

export type MessageLanguage = (typeof messageLanguages)[number];

/**
 * The language that a caller understands best.
 *
 * @param languages BCP 47, the best first, as `Accept-Language` lists them
 * @returns English where none of them is spoken here
 */
export function chooseMessageLanguage(languages: readonly string[]): MessageLanguage {
  for (const tag of languages) {
    // Browsers say `no` and `nn` for Norwegian too.
    const short = tag
      .toLowerCase()
      .split('-')[0]
      ?.replace(/^n[on]$/u, 'nb');
    const spoken = messageLanguages.find((language) => language === short);
    if (spoken) return spoken;
  }
  return 'en';
}
