import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useContactsCalled } from '../api/contacts.ts';
import { surveysQuery } from '../api/surveys.ts';

/** Contacts and surveys that are called so: looked for on the server, once somebody stops typing. */
export function useFound(words: string) {
  const [settled] = useDebouncedValue(words.trim(), 200);
  const isLooking = settled.length >= 2;
  const contacts = useContactsCalled(settled);
  const { data: surveys } = useQuery({ ...surveysQuery, enabled: isLooking });
  return {
    contacts: isLooking ? (contacts.data?.items ?? []) : [],
    surveys: isLooking ? (surveys?.items ?? []) : [],
    isBusy: words.trim() !== settled || contacts.isFetching,
  };
}
