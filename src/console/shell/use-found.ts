import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { usePeopleCalled } from '../api/people.ts';
import { surveysQuery } from '../api/surveys.ts';

/** People and surveys that are called so: looked for on the server, once somebody stops typing. */
export function useFound(words: string) {
  const [settled] = useDebouncedValue(words.trim(), 200);
  const isLooking = settled.length >= 2;
  const people = usePeopleCalled(settled);
  const { data: surveys } = useQuery({ ...surveysQuery, enabled: isLooking });
  return {
    people: isLooking ? (people.data?.items ?? []) : [],
    surveys: isLooking ? (surveys?.items ?? []) : [],
    isBusy: words.trim() !== settled || people.isFetching,
  };
}
