import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { mailState } from '../../http/api/mail.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';

export type MailState = z.output<typeof mailState>;
export type MailCheck = { works: boolean; why: { message: string } | null };

export const mailQuery = {
  queryKey: ['mail'],
  queryFn: () => call<MailState>('GET', '/mail'),
};

export function useMail() {
  return useQuery(mailQuery);
}

export function useCheckMail() {
  return useMutation({
    mutationFn: () => call<MailCheck>('POST', '/mail/check'),
    onSettled: () => queries.invalidateQueries(mailQuery),
  });
}
