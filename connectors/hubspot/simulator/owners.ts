import { Router } from 'express';
import { readQuery } from './inputs.ts';
import { Refusal } from './refusals.ts';

type Owner = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number;
  type: 'PERSON';
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  teams: readonly { id: string; name: string; primary: boolean }[];
};

/** Everybody here is in the one team. */
export const supportTeam = { id: '61204', name: 'Support' } as const;

export type Owners = {
  list(): readonly Owner[];
  find(id: string): Owner | undefined;
  /** Their user was deactivated: they are shown only among the archived ones. */
  archive(id: string): void;
  /** The owner of this name, hired on the spot when there is none. */
  ensure(name: string): Owner;
};

/** The account's own people, to whom tickets belong. */
export function createOwners(clock: () => Date): Owners {
  const owners: Owner[] = [];

  function ensure(name: string): Owner {
    const present = owners.find(({ firstName, lastName }) => `${firstName} ${lastName}`.trim() === name);
    if (present) return present;
    const [firstName = '', ...rest] = name.split(' ');
    const number = owners.length + 1;
    const now = clock().toISOString();
    const owner: Owner = {
      id: String(51_804_200 + number),
      email: `agent-${number}@support.example`,
      firstName,
      lastName: rest.join(' '),
      userId: 9_104_000 + number,
      type: 'PERSON',
      createdAt: now,
      updatedAt: now,
      archived: false,
      teams: [{ ...supportTeam, primary: true }],
    };
    owners.push(owner);
    return owner;
  }

  ensure('Mira Okafor');
  ensure('Jonas Lind');
  const archive = (id: string) => {
    const index = owners.findIndex((owner) => owner.id === id);
    const owner = owners[index];
    if (owner) owners[index] = { ...owner, archived: true };
  };
  return { archive, list: () => owners, find: (id) => owners.find((owner) => owner.id === id), ensure };
}

export function ownerRoutes(owners: Owners): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/', (request, response) => {
    const query = readQuery(request, ['limit', 'after', 'email', 'archived']);
    const email = query.one('email');
    const archived = query.one('archived') === 'true';
    const found = owners
      .list()
      .filter((owner) => owner.archived === archived && (email === undefined || owner.email === email));
    const start = Number(query.one('after') ?? 0);
    const end = start + query.count('limit', 500);
    response.json({
      results: found.slice(start, end),
      ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
    });
  });
  router.get('/:id', (request, response) => {
    const query = readQuery(request, ['idProperty', 'archived']);
    const byUser = query.one('idProperty') === 'userId';
    const isArchived = query.one('archived') === 'true';
    const owner = owners
      .list()
      .find(
        ({ id, userId, archived }) => archived === isArchived && (byUser ? String(userId) : id) === request.params.id,
      );
    if (!owner) throw new Refusal(404, 'Owner not found', { category: 'OBJECT_NOT_FOUND' });
    response.json(owner);
  });
  return router;
}
