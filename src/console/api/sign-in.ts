import { useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import { meQuery } from './me.ts';
import { queries } from './queries.ts';

export type WaysIn = { account: boolean; singleSignOn: string | null; resetByEmail: boolean; sandbox: boolean };

/** What can be offered to whoever is not signed in. */
export function useWaysIn() {
  return useQuery({ queryKey: ['ways-in'], queryFn: () => call<WaysIn>('GET', '/sign-in') });
}

/** Whoever it was before, it is somebody else now. */
async function askWhoItIs(): Promise<void> {
  await queries.resetQueries(meQuery);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'ways-in' });
}

/**
 * @returns whether a second factor is still to be shown
 * @throws Problem with status 401 when they do not belong together, 429 after too many tries
 */
export async function signIn(email: string, password: string): Promise<boolean> {
  const answer = await call<{ twoFactorRedirect?: boolean }>('POST', '/auth/sign-in/email', {
    body: { email, password },
  });
  if (answer.twoFactorRedirect) return true;
  await askWhoItIs();
  return false;
}

export type SecondFactor = { code: string; kind: 'app' | 'backup'; trustDevice: boolean };

/** Ends a sign-in that began with a password. @throws Problem with status 401 when the code is wrong */
export async function showSecondFactor({ code, kind, trustDevice }: SecondFactor): Promise<void> {
  const path = kind === 'app' ? 'verify-totp' : 'verify-backup-code';
  await call('POST', `/auth/two-factor/${path}`, { body: { code, trustDevice } });
  await askWhoItIs();
}

/** Leaves for the identity provider, which sends them back to `next`. */
export async function signInElsewhere(next: string): Promise<void> {
  const { url } = await call<{ url: string }>('POST', '/auth/sign-in/social', {
    body: { provider: 'oidc', callbackURL: next, errorCallbackURL: '/sign-in' },
  });
  window.location.assign(url);
}

export async function signOut(): Promise<void> {
  await call('POST', '/auth/sign-out', { body: {} });
  // Nothing that one person read is shown to the next.
  queries.clear();
}

export type FirstAccount = { token: string; name: string; email: string; password: string };

/** Makes the first account, and signs it in. */
export async function createFirstAccount(account: FirstAccount): Promise<void> {
  await call('POST', '/setup', { body: account });
  await signIn(account.email, account.password);
}

export const askForResetLink = (email: string) => call('POST', '/reset-link', { body: { email } });

/** Sets a new password, and signs in with it. @returns whether a second factor is still to be shown */
export async function resetPassword(token: string, password: string): Promise<boolean> {
  const { email } = await call<{ email: string }>('POST', '/reset', { body: { token, password } });
  return signIn(email, password);
}
