import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useContactsCalled } from '../api/contacts.ts';
import { surveysQuery } from '../api/surveys.ts';

/** Contacts and surveys that are called so: looked for on the server, once somebody stops typing. */
export function useFound(words: string) {
  const [debounced] = useDebouncedValue(words.trim(), 200);
  const isSearching = debounced.length >= 2;
  const contacts = useContactsCalled(debounced);
  const { data: surveys } = useQuery({ ...surveysQuery, enabled: isSearching });
  return {
    contacts: isSearching ? (contacts.data?.items ?? []) : [],
    surveys: isSearching ? (surveys?.items ?? []) : [],
    isBusy: words.trim() !== debounced || contacts.isFetching,
  };
}
