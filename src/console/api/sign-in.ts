import { call } from './call.ts';
import { meQuery } from './me.ts';
import { queries } from './queries.ts';

/** @throws Problem with status 401 when they do not belong together, 429 after too many tries */
export async function signIn(email: string, password: string): Promise<void> {
  await call('POST', '/auth/sign-in/email', { body: { email, password } });
  await queries.invalidateQueries(meQuery);
}

export async function signOut(): Promise<void> {
  await call('POST', '/auth/sign-out', { body: {} });
  // Nothing that one person read is shown to the next.
  queries.clear();
}

export type FirstAccount = { token: string; name: string; email: string; password: string };

/** Makes the first account, and signs it in. */
export async function setUp(account: FirstAccount): Promise<void> {
  await call('POST', '/setup', { body: account });
  await signIn(account.email, account.password);
}
