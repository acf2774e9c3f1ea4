import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import type { ContactDetails, ContactItem, SurveyRequestAnswer } from './items.ts';
import type { ListedPage } from './listing.ts';
import { queries } from './queries.ts';
import { refreshAgain } from './records.ts';

const queryKey = (id: string) => ['contact', id];

export const timelinePath = (id: string) => `/contacts/${id}/timeline`;

export function useContact(id: string) {
  return useQuery({
    queryKey: queryKey(id),
    queryFn: () => call<ContactDetails>('GET', `/contacts/${id}`),
    refetchInterval: ({ state }) => refreshAgain(state.data),
  });
}

/** What shows them is read again. */
async function rereadContact(id: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['list', timelinePath(id)] }),
    queries.invalidateQueries({ queryKey: ['list', '/contacts'] }),
  ]);
}

export function useChangeContact(id: string) {
  return useMutation({
    mutationFn: (body: { test?: boolean; doNotSurvey?: boolean }) =>
      call<ContactDetails>('PATCH', `/contacts/${id}`, { body }),
    async onSuccess(contact) {
      queries.setQueryData(queryKey(id), contact);
      await rereadContact(id);
    },
  });
}

/** Asks them now, unless a rule speaks against it. */
export function useAskContact(id: string) {
  return useMutation({
    mutationFn: (survey: string) =>
      call<SurveyRequestAnswer>('POST', '/invitations', { body: { survey, contact: { contactId: id } } }),
    async onSuccess() {
      await Promise.all([
        rereadContact(id),
        queries.invalidateQueries({ queryKey: queryKey(id) }),
        queries.invalidateQueries({ queryKey: ['list', '/decisions'] }),
        queries.invalidateQueries({ queryKey: ['list', '/invitations'] }),
      ]);
    },
  });
}

/** Nothing that is left in the lists shows somebody who is gone. */
export async function forgetContact(id: string): Promise<void> {
  queries.removeQueries({ queryKey: queryKey(id) });
  queries.removeQueries({ queryKey: ['list', timelinePath(id)] });
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['list'] }),
    queries.invalidateQueries({ queryKey: ['summary'] }),
  ]);
}

export function useEraseContact(id: string) {
  return useMutation({ mutationFn: () => call('DELETE', `/contacts/${id}`) });
}

/** This one goes up in the other. */
export function useMergeContact(id: string) {
  return useMutation({
    mutationFn: (into: string) => call('POST', `/contacts/${id}/merge`, { body: { into } }),
    onSuccess: (_nothing, into) => queries.invalidateQueries({ queryKey: queryKey(into) }),
  });
}

/** All their addresses may be written to again. */
export function useLiftBounces(id: string) {
  return useMutation({
    mutationFn: () => call<ContactDetails>('POST', `/contacts/${id}/bounces/lift`, { body: {} }),
    async onSuccess(contact) {
      queries.setQueryData(queryKey(id), contact);
      await rereadContact(id);
    },
  });
}

/** @param contact whose page it is on, where it is on one */
export function useLiftSuppression(contact?: string) {
  return useMutation({
    mutationFn: (address: string) => call('POST', '/suppressions/lift', { body: { address } }),
    async onSuccess() {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['list', '/contacts'] }),
        ...(contact === undefined
          ? []
          : [queries.invalidateQueries({ queryKey: queryKey(contact) }), rereadContact(contact)]),
      ]);
    },
  });
}

/** Contacts by a part of their name, or by an address. */
export function useContactsCalled(words: string) {
  const query = words.includes('@') ? { email: words } : { name: words };
  return useQuery({
    queryKey: ['list', '/contacts', 'called', words],
    queryFn: ({ signal }) =>
      call<ListedPage<ContactItem>>('GET', '/contacts', { query: { ...query, limit: 8, sort: 'name' }, signal }),
    enabled: words.length >= 2,
  });
}
