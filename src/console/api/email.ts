import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { emailState } from '../../modules/invitations/routes/email.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';

export type EmailState = z.output<typeof emailState>;
export type EmailCheck = { works: boolean; why: { message: string } | null };

export const emailQuery = {
  queryKey: ['email'],
  queryFn: () => call<EmailState>('GET', '/email'),
};

export function useEmailState() {
  return useQuery(emailQuery);
}

export function useCheckEmail() {
  return useMutation({
    mutationFn: () => call<EmailCheck>('POST', '/email/check'),
    onSettled: () => queries.invalidateQueries(emailQuery),
  });
}
