import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { addMember, addUser, setPassword } from '../../src/modules/accounts/queries/accounts.ts';
import { account } from '../../src/modules/accounts/tables.ts';
import type { Database } from '../../src/platform/database/database.ts';
import type { Role } from '../../src/platform/http/scopes.ts';
import { type Served, serve } from './served.ts';

export const password = 'correct horse battery';

type Answered = { headers: Headers };

let lastAddress = 0;

/** People with browsers, each at an address of their own, so that nobody uses up another's tries. */
export type SigningIn = ReturnType<typeof signingIn>;

/** A service with its first account. */
export async function serveWithOwner(
  database: Database,
  options: Parameters<typeof serve>[1] = {},
): Promise<{ service: Served; users: SigningIn }> {
  const service = await serve(database, options);
  const users = signingIn(service);
  await users.owner();
  return { service, users };
}

export function signingIn(service: Served) {
  function from(): Record<string, string> {
    lastAddress += 1;
    return { 'x-forwarded-for': `198.18.${lastAddress >> 8}.${lastAddress & 255}`, origin: service.url };
  }

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    service.call('POST', path, { key: null, body, headers: { ...from(), ...headers } });

  const signIn = (email: string, secret = password, headers: Record<string, string> = {}) =>
    post('/auth/sign-in/email', { email, password: secret }, headers);

  async function cookieOf(email: string, secret = password, headers: Record<string, string> = {}): Promise<string> {
    const answer = await signIn(email, secret, headers);
    expect(answer.status).toBe(200);
    return readCookies(answer);
  }

  /** What a browser sends that is signed in. */
  const browser = (cookie: string) => ({ key: null, headers: { cookie, ...from() } });

  /** The first account, by the link of the start. */
  async function owner(email = 'olivia@example.com'): Promise<string> {
    const token = readLinkToken((await service.access.setupLink()) ?? '');
    const made = await post('/setup', { email, password, name: 'Olivia', token });
    expect(made.status).toBe(201);
    return made.body.id;
  }

  /** Somebody who works there, with everybody's password. */
  async function colleague(email: string, role: Role, workspaceId = service.workspaceId): Promise<string> {
    const { database, clock } = service;
    const [known] = await database.db.select({ hash: account.password }).from(account).orderBy(account.createdAt);
    return database.transaction(async (tx) => {
      const id = await addUser(tx, { name: email.split('@')[0] ?? '', email }, clock());
      await setPassword(tx, id, known?.hash ?? '', clock());
      await addMember(tx, { workspaceId, userId: id, role }, clock());
      return id;
    });
  }

  return { from, post, signIn, cookieOf, browser, owner, colleague };
}

/** What a browser keeps of an answer. */
export function readCookies({ headers }: Answered): string {
  return headers
    .getSetCookie()
    .filter((cookie) => !/Max-Age=0/iu.test(cookie))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export function readLinkToken(link: string): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
}

/** What an audit log says without signing in and out, and refusals. */
export function changesIn<Item extends { action: string }>(items: readonly Item[]): Item[] {
  return items.filter(({ action }) => !/^session\.|\.refused$/u.test(action));
}

export const newAddress = () => `${randomUUID().slice(0, 8)}@example.com`;
