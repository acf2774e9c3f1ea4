import { useQuery } from '@tanstack/react-query';
import { wordingQuery } from '../api/surveys.ts';

/** The languages that the service has texts and labels in; the one that is chosen is always among them. */
export function useTextLanguages(chosen: string): readonly string[] {
  const { data } = useQuery(wordingQuery('nps'));
  return [...new Set([chosen, ...(data?.items.map(({ tag }) => tag) ?? [])])];
}

/** What a language is called in the reader's. */
export function languageName(tag: string, reader: string): string {
  return new Intl.DisplayNames([reader], { type: 'language' }).of(tag) ?? tag;
}
