import { hashPassword } from 'better-auth/crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../src/access/scopes.ts';
import type { Service } from '../../src/main.ts';
import { addMember, addUser, setPassword } from '../../src/store/accounts.ts';
import { defaultWorkspace as workspaceId } from '../../src/store/workspaces.ts';
import type { Visit } from './browser.ts';

const password = 'correct horse battery';

/** Makes an account, and signs it in by the form, as a person does. @returns a page that stands on home */
export async function signIn(
  { open }: Visit,
  { context, url }: Pick<Service, 'context' | 'url'>,
  role: Role,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const email = `${role}@example.com`;
  const { database, clock } = context;
  const hash = await hashPassword(password);
  await database.transaction(async (tx) => {
    const userId = await addUser(tx, { name: role, email }, clock());
    await setPassword(tx, userId, hash, clock());
    await addMember(tx, { workspaceId, userId, role }, clock());
  });
  const page = await open({ baseURL: url, ...options });
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  return page;
}
