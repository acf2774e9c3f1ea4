import type { TFunction } from 'i18next';
import { failureSentence, Problem } from '../api/problem.ts';

/** What better-auth calls a refusal, and which of our sentences says it; refusals of ours come with their own. */
const sentences = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong',
  INVALID_EMAIL: 'wrong',
  INVALID_CODE: 'wrongCode',
  INVALID_BACKUP_CODE: 'wrongBackupCode',
  INVALID_TWO_FACTOR_COOKIE: 'startAgain',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'startAgain',
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
  PROVIDER_NOT_FOUND: 'providerDown',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'noPassword',
  INVALID_PASSWORD: 'wrongPassword',
  PASSWORD_TOO_SHORT: 'tooShort',
} as const;

/** Why signing in, or changing how one does, was refused. */
export function refusalIn(t: TFunction<'signIn'>, failure: unknown): string {
  if (!(failure instanceof Problem)) return failureSentence(failure);
  const said = Object.entries(sentences).find(([code]) => code === failure.code)?.[1];
  if (said) return t(`refused.${said}`);
  return failureSentence(failure);
}

const returned = [
  'not_invited',
  'email_not_verified',
  'account_not_linked',
  'unable_to_get_user_info',
  'invalid_code',
  'state_mismatch',
  'state_not_found',
  'access_denied',
] as const;

/** Why somebody came back from the identity provider without being signed in. */
export function returnedIn(t: TFunction<'signIn'>, code: string): string {
  const known = returned.find((name) => name === code);
  return known ? t(`returned.${known}`) : t('returned.other', { code });
}
