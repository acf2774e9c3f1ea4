import { useMutation } from '@tanstack/react-query';
import { call } from './call.ts';
import { meQuery } from './me.ts';
import { queries } from './queries.ts';
import { sessionsQuery } from './sessions.ts';

type NewPassword = { currentPassword: string; newPassword: string; revokeOtherSessions: boolean };

/** What is begun to be asked for: the address that an app scans, and the codes for the day the phone is lost. */
export type Begun = { totpURI: string; backupCodes: readonly string[] };

/** Each of these may end this session and begin another. */
async function onSuccess(): Promise<void> {
  await Promise.all([queries.invalidateQueries(meQuery), queries.invalidateQueries(sessionsQuery)]);
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: NewPassword) => call('POST', '/auth/change-password', { body }),
    onSuccess,
  });
}

export function useBeginSecondFactor() {
  return useMutation({
    mutationFn: (password: string) => call<Begun>('POST', '/auth/two-factor/enable', { body: { password } }),
  });
}

export function useConfirmSecondFactor() {
  return useMutation({
    mutationFn: (code: string) => call('POST', '/auth/two-factor/verify-totp', { body: { code } }),
    onSuccess,
  });
}

export function useRenewCodes() {
  return useMutation({
    mutationFn: (password: string) =>
      call<Pick<Begun, 'backupCodes'>>('POST', '/auth/two-factor/generate-backup-codes', { body: { password } }),
  });
}

export function useEndSecondFactor() {
  return useMutation({
    mutationFn: (password: string) => call('POST', '/auth/two-factor/disable', { body: { password } }),
    onSuccess,
  });
}
