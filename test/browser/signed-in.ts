import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../src/access/scopes.ts';
import { setUp, setupLink } from '../../src/access/setup.ts';
import type { Service } from '../../src/main.ts';
import { addMember, addUser, setPassword } from '../../src/store/accounts.ts';
import { account } from '../../src/store/tables/index.ts';
import { defaultWorkspace as workspaceId } from '../../src/store/workspaces.ts';
import { tokenOf } from '../api/signing-in.ts';
import type { Visit } from './browser.ts';

const password = 'correct horse battery';

type Started = Pick<Service, 'context' | 'url'>;

/** Makes an account, the first one an owner's, and signs it in by the form. @returns a page that stands on home */
export async function signIn(
  { open }: Visit,
  service: Started,
  role: Role,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const email = `${role}@example.com`;
  await (role === 'owner' ? addOwner(service, email) : addColleague(service, email, role));
  const page = await open({ baseURL: service.url, ...options });
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  return page;
}

async function addOwner({ context, url }: Started, email: string): Promise<void> {
  const { database, sealing, clock } = context;
  const options = { database, sealing, clock, publicUrl: url };
  const token = tokenOf((await setupLink(options)) ?? '');
  await setUp(options, { workspaceId, token, email, password, name: 'Olivia' });
}

/** With the owner's password. */
async function addColleague({ context: { database, clock } }: Started, email: string, role: Role): Promise<void> {
  const [known] = await database.db.select({ hash: account.password }).from(account);
  await database.transaction(async (tx) => {
    const userId = await addUser(tx, { name: role, email }, clock());
    await setPassword(tx, userId, known?.hash ?? '', clock());
    await addMember(tx, { workspaceId, userId, role }, clock());
  });
}
