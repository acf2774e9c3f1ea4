import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import type { ContactItem, Person, SurveyRequestDecision } from './items.ts';
import type { Listed } from './listing.ts';
import { queries } from './queries.ts';
import { refreshAgain } from './records.ts';

const queryKey = (id: string) => ['person', id];

export const timelineOf = (id: string) => `/contacts/${id}/timeline`;

export function usePerson(id: string) {
  return useQuery({
    queryKey: queryKey(id),
    queryFn: () => call<Person>('GET', `/contacts/${id}`),
    refetchInterval: ({ state }) => refreshAgain(state.data),
  });
}

/** What shows them is read again. */
async function rereadPerson(id: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['list', timelineOf(id)] }),
    queries.invalidateQueries({ queryKey: ['list', '/contacts'] }),
  ]);
}

export function useChangePerson(id: string) {
  return useMutation({
    mutationFn: (body: { test?: boolean; doNotSurvey?: boolean }) => call<Person>('PATCH', `/contacts/${id}`, { body }),
    async onSuccess(person) {
      queries.setQueryData(queryKey(id), person);
      await rereadPerson(id);
    },
  });
}

/** Asks them now, unless a rule speaks against it. */
export function useAskPerson(id: string) {
  return useMutation({
    mutationFn: (survey: string) =>
      call<SurveyRequestDecision>('POST', '/invitations', { body: { survey, person: { contactId: id } } }),
    async onSuccess() {
      await Promise.all([
        rereadPerson(id),
        queries.invalidateQueries({ queryKey: queryKey(id) }),
        queries.invalidateQueries({ queryKey: ['list', '/decisions'] }),
        queries.invalidateQueries({ queryKey: ['list', '/invitations'] }),
      ]);
    },
  });
}

/** Nothing that is left in the lists shows somebody who is gone. */
export async function forgetPerson(id: string): Promise<void> {
  queries.removeQueries({ queryKey: queryKey(id) });
  queries.removeQueries({ queryKey: ['list', timelineOf(id)] });
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['list'] }),
    queries.invalidateQueries({ queryKey: ['summary'] }),
  ]);
}

export function useErasePerson(id: string) {
  return useMutation({ mutationFn: () => call('DELETE', `/contacts/${id}`) });
}

/** This one goes up in the other. */
export function useMergePerson(id: string) {
  return useMutation({
    mutationFn: (into: string) => call('POST', `/contacts/${id}/merge`, { body: { into } }),
    onSuccess: (_nothing, into) => queries.invalidateQueries({ queryKey: queryKey(into) }),
  });
}

/** All their addresses may be written to again. */
export function useLiftBounces(id: string) {
  return useMutation({
    mutationFn: () => call<Person>('POST', `/contacts/${id}/bounces/lift`, { body: {} }),
    async onSuccess(person) {
      queries.setQueryData(queryKey(id), person);
      await rereadPerson(id);
    },
  });
}

/** @param person whose page it is on, where it is on one */
export function useLiftSuppression(person?: string) {
  return useMutation({
    mutationFn: (address: string) => call('POST', '/suppressions/lift', { body: { address } }),
    async onSuccess() {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['list', '/contacts'] }),
        ...(person === undefined
          ? []
          : [queries.invalidateQueries({ queryKey: queryKey(person) }), rereadPerson(person)]),
      ]);
    },
  });
}

/** People by a part of their name, or by an address. */
export function usePeopleCalled(words: string) {
  const query = words.includes('@') ? { email: words } : { name: words };
  return useQuery({
    queryKey: ['list', '/contacts', 'called', words],
    queryFn: ({ signal }) =>
      call<Listed<ContactItem>>('GET', '/contacts', { query: { ...query, limit: 8, sort: 'name' }, signal }),
    enabled: words.length >= 2,
  });
}
