import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import type { PublishedContent } from './surveys.ts';

/** What can be looked at: emails by mail, and what the page says. */
export const previewed = {
  email: ['invitation', 'reminder', 'confirmation'],
  page: ['question', 'followUp', 'thanks', 'answered', 'expired', 'reopened', 'unsubscribe'],
} as const;

export type Previewed = (typeof previewed)['email'][number] | (typeof previewed)['page'][number];

type Sender = { address: string; name?: string; replyTo?: string };
type Preview = { html: string; missing: readonly string[]; subject?: string; sender?: Sender | null };

export const isEmail = (what: Previewed): boolean => (previewed.email as readonly string[]).includes(what);

/** An email or page of the survey as it stands in the form, saved or not. */
export function usePreview(content: PublishedContent, what: Previewed, language: string) {
  return useQuery({
    queryKey: ['preview', what, language, content],
    queryFn: ({ signal }) =>
      isEmail(what)
        ? call<Preview>('POST', '/previews/email', { body: { content, language, email: what }, signal })
        : call<Preview>('POST', '/previews/page', { body: { content, language, view: what }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
}

type TestEmail = { verdict: 'asked' | 'waiting' | 'skipped'; message: string };

/** Sends the draft to oneself, or to whoever is named. */
export function useSendTest(key: string) {
  return useMutation({
    mutationFn: (body: { email?: string; language?: string }) =>
      call<TestEmail>('POST', `/surveys/${key}/send-test`, { body }),
  });
}
