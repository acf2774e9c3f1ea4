import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { PublishedContent } from '../api/surveys.ts';

export type Word = keyof NonNullable<PublishedContent['texts']['own'][string]>;

/** The language that one writes in and looks at: it stands in the address, and is the first one unless said. */
export function useChosenLanguage(offered: readonly string[]): [string, (language: string) => void] {
  const [params, setParams] = useSearchParams();
  const requested = params.get('language') ?? '';
  const choose = useCallback(
    (language: string) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          after.set('language', language);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [offered.includes(requested) ? requested : (offered[0] ?? 'en'), choose];
}

/** What is said in words of one's own in another language, and here in the standard ones. */
export function missingIn({ languages, own }: PublishedContent['texts'], language: string): readonly Word[] {
  const here = own[language] ?? {};
  const elsewhere = languages.flatMap((other) => wordsIn(own[other]));
  return [...new Set(elsewhere)].filter((word) => here[word] === undefined);
}

function wordsIn(own: PublishedContent['texts']['own'][string] | undefined): readonly Word[] {
  return (Object.keys(own ?? {}) as Word[]).filter((word) => own?.[word] !== undefined);
}
