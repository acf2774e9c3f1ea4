import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { addMember, addUser, findPassword, setPassword } from '../../src/modules/accounts/queries/accounts.ts';
import { ensureWorkspace } from '../../src/modules/accounts/queries/workspaces.ts';
import { setUp } from '../../src/modules/accounts/setup.ts';
import type { Role } from '../../src/platform/http/scopes.ts';
import { defaultWorkspace } from '../../src/platform/workspaces/queries.ts';
import type { Service } from '../../src/start.ts';
import { startPlayed } from '../screenshots/played.ts';

/** What a test asks for: somebody who works where the quarter was played, or alone in an empty workspace. */
export type NewMember = { role: Role; where: 'played' | 'alone' };

export type Account = { email: string; password: string };

/** Where the service is, and where a test is given an account. */
export type Addresses = { url: string; accounts: string };

const password = 'correct horse battery';

/** Makes the first account, as the link of the start does. @returns its password as it is stored, for everybody else */
async function addFirst({ context, url, setupLink = '' }: Service): Promise<string> {
  const { database, encryption, clock } = context;
  const token = new URLSearchParams(new URL(setupLink).hash.slice(1)).get('token') ?? '';
  const first = { workspaceId: defaultWorkspace, token, email: 'first@example.com', password, name: 'First' };
  const id = await setUp({ database, encryption, clock, publicUrl: url }, first);
  return (await findPassword(database.db, id)) ?? '';
}

async function addNewMember({ context }: Service, hash: string, { role, where }: NewMember): Promise<Account> {
  const { database, clock } = context;
  const email = `${role}-${randomUUID().slice(0, 8)}@example.com`;
  const workspaceId = where === 'played' ? defaultWorkspace : `workspace-${randomUUID()}`;
  await database.transaction(async (tx) => {
    await ensureWorkspace(tx, workspaceId, clock());
    const userId = await addUser(tx, { name: role, email }, clock());
    await setPassword(tx, userId, hash, clock());
    await addMember(tx, { workspaceId, userId, role }, clock());
  });
  return { email, password };
}

const service = await startPlayed(0, process.argv[2]);
const hash = await addFirst(service);
const accounts = createServer(async (request, response) => {
  const added = await addNewMember(service, hash, (await json(request)) as NewMember);
  response.end(JSON.stringify(added));
});
await once(accounts.listen(0, '127.0.0.1'), 'listening');
const { port } = accounts.address() as AddressInfo;
process.send?.({ url: service.url, accounts: `http://127.0.0.1:${port}` } satisfies Addresses);
// It ends when whoever started it says so, and with them.
process.once('disconnect', () => void service.stop().then(() => process.exit(0)));
