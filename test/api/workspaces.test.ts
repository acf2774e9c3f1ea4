import { beforeAll, expect, it } from 'vitest';
import { findConnection } from '../../src/modules/connections/queries/connections.ts';
import { updateInvitation } from '../../src/modules/invitations/queries/invitations.ts';
import { listSurveys } from '../../src/modules/surveys/queries/surveys.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { aContact, anAnswer, anInvitation } from '../stored.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('two workspaces', (open) => {
  let one: Served;
  let other: Served;

  /** Something of everything, so that no list is empty. */
  async function live(service: Served, name: string) {
    const connection = await findConnection(service.database.db, service.connectionId());
    const [survey] = await listSurveys(service.database.db, service.workspaceId);
    if (!connection || !survey) throw new Error('a world without a connection or a survey');
    const email = `${name.toLowerCase()}@customer.example`;
    const contactId = await aContact(service.database, connection, { email, name });
    const answered = await anInvitation(service.database, connection, { contactId, email, survey, agent: 'Agnes' });
    await anAnswer(service.database, answered, { rating: 3, comment: `${name} says so` });
    await updateInvitation(service.database.db, answered.invitation.id, { status: 'answered' });
    await anInvitation(service.database, connection, { contactId, email, survey });
    await service.leaveEvent(answered.ticket.externalId);
    await service.call('POST', '/keys', { body: { name, scopes: ['read'] } });
    await service.call('POST', '/brands', { body: { key: `of-${name.toLowerCase()}`, name } });
    await service.call('POST', '/surveys', { body: { key: `of-${name.toLowerCase()}`, metric: 'ces' } });
    await service.call('POST', `/surveys/of-${name.toLowerCase()}/publish`);
    for (const { key } of (await service.read('/surveys')).items) {
      await service.call('POST', `/surveys/${key}/dry-runs`, { body: {} });
    }
  }

  beforeAll(async () => {
    const database = await open();
    one = await serve(database);
    await live(one, 'Ann');
    // So that something needs a person.
    await one.call('PATCH', '/pause', { body: { asking: true } });
    other = await serve(database);
    await live(other, 'Ben');
  });

  /** What is open to everybody, or a person's own in whatever workspace, is not a workspace's. */
  const ofKeys = ({ routes }: Served) => routes.filter(({ scope }) => scope !== null && scope !== 'self');

  /** The addresses of everything that can be read: lists as they are, single things by what their list shows. */
  async function readable(service: Served): Promise<{ path: string }[]> {
    // What is told as it goes on does not end here; it is shown by what shows one of it.
    const reads = ofKeys(service).filter(
      ({ method, path, streams }) =>
        // Nobody works in these workspaces.
        method === 'get' && streams !== 'text/event-stream' && !path.includes(':user'),
    );
    const found = [];
    for (const route of reads) {
      const [list, name] = /^(\/[a-z-]+)\/:(id|key)/u.exec(route.path)?.slice(1) ?? [];
      const query = route.path === '/reports/summary' ? '?metric=nps' : '';
      if (list === undefined || name === undefined) found.push({ path: `${route.path}${query}` });
      else {
        const { items } = await service.read(list === '/dry-runs' ? '/surveys/after-ticket/dry-runs' : list);
        expect(items.length, list).toBeGreaterThan(0);
        for (const item of items) found.push({ path: route.path.replace(`:${name}`, item[name]) });
      }
    }
    return found;
  }

  it('answer in the shape that is described', async () => {
    for (const { path } of await readable(one)) {
      const answer = await one.call('GET', path);
      expect([path, answer.status]).toEqual([path, 200]);
      if (typeof answer.body === 'object' && 'items' in answer.body && !path.endsWith('/problems'))
        expect(answer.body.items.length, path).toBeGreaterThan(0);
    }
  });

  it('never show each other’s, neither in lists nor by id', async () => {
    const mine = await readable(one);
    const theirs = await readable(other);
    for (const { path } of mine) {
      const text = JSON.stringify((await one.call('GET', path)).body);
      expect(text, path).not.toContain('Ben');
      expect(text, path).not.toContain('of-ben');
      expect(text, path).not.toContain(other.workspaceId);
    }
    const single = theirs.filter(({ path }) => !mine.some((known) => known.path === path));
    expect(single.length).toBeGreaterThan(3);
    for (const { path } of single) expect([path, (await one.call('GET', path)).status]).toEqual([path, 404]);
  });

  it('never change each other’s', async () => {
    const [connection] = (await other.read('/connections')).items;
    const [contact] = (await other.read('/contacts')).items;
    const [key] = (await other.read('/keys')).items;
    const [response] = (await other.read('/responses')).items;
    const [run] = (await other.read('/surveys/of-ben/dry-runs')).items;
    const named = {
      connections: connection.id,
      contacts: contact.id,
      keys: key.id,
      responses: response.id,
      'dry-runs': run.id,
      surveys: 'of-ben',
      brands: 'of-ben',
    };
    const bodies: Readonly<Record<string, object>> = {
      merge: { into: '00000000-0000-4000-8000-000000000000' },
      retract: { reason: 'A try.' },
      correct: { reason: 'A try.', rating: 5 },
      settings: { settings: { ACME_KEY: 'a-key-of-mine' } },
      user: { role: 'viewer' },
    };
    for (const route of ofKeys(one).filter(({ method, path }) => method !== 'get' && path.includes(':'))) {
      const [, list = ''] = route.path.split('/');
      const path = route.path.replace(/:\w+/u, named[list as keyof typeof named] ?? 'unknown');
      const [what = ''] = /[a-z]+$/u.exec(route.path) ?? [];
      const body = bodies[what] ?? {};
      const answer = await one.call(route.method.toUpperCase(), path, route.body ? { body } : {});
      expect([route.method, path, answer.status]).toEqual([route.method, path, 404]);
    }
    expect((await other.read('/keys')).items.map(({ id }: { id: string }) => id)).toContain(key.id);
  });

  it('have a key that is good in its own only', async () => {
    const key = await other.keyFor('read');
    expect(await one.read('/me', { key })).toMatchObject({ workspace: other.workspaceId, user: null });
    expect((await one.read('/contacts', { key })).items).toMatchObject([{ name: 'Ben' }]);
  });

  it('pages through a list as its `next` says', async () => {
    const first = await one.read('/decisions?limit=1');
    expect(first.items).toHaveLength(1);
    const second = await one.read(`/decisions?limit=1&cursor=${first.next}`);
    expect(second.items[0].id).not.toBe(first.items[0].id);
    const wrong = await one.call('GET', `/decisions?limit=1&cursor=x${first.next}`);
    expect(wrong.body.problems).toMatchObject([{ field: 'cursor' }]);
  });

  it.each([
    ['/responses?sort=-rating,answeredAt&category=detractor&hasComment=true&agent=Agnes', 1],
    ['/responses?search=SAYS&from=2026-11-01&until=2030-01-01T00:00:00Z', 1],
    ['/responses?until=2026-11-22T10:00:00Z', 0],
    ['/responses?ratingFrom=4', 0],
    ['/responses?email=unknown@example.com', 0],
    ['/contacts?sort=-rating&metric=nps&hasRating=true&name=an', 1],
    ['/contacts?atRisk=true', 0],
    ['/decisions?verdict=asked&reason=asked&survey=after-ticket', 2],
    ['/decisions?verdict=skipped', 0],
    ['/invitations?status=answered&test=false', 1],
    ['/events?waiting=true&kind=ticket.changed', 1],
    ['/events?waiting=false', 0],
    ['/audit?action=key.create', 1],
  ])('finds what %s asks for', async (path, count) => {
    expect((await one.read(path)).items).toHaveLength(count);
  });

  it.each([
    ['/responses?sort=mood', 'sort'],
    ['/responses?hasComment=perhaps', 'hasComment'],
    ['/responses?ratingFrom=11', 'ratingFrom'],
    ['/responses?from=yesterday', 'from'],
    ['/responses?search=%00', 'search'],
    ['/contacts?limit=0', 'limit'],
    ['/contacts?limit=many', 'limit'],
    ['/contacts?metric=mood', 'metric'],
    ['/decisions?connection=acme', 'connection'],
    ['/invitations?status=lost', 'status'],
    ['/events?cursor=nonsense', 'cursor'],
    ['/contacts?name=a&name=b', 'name'],
  ])('refuses %s and names the field', async (path, field) => {
    const answer = await one.call('GET', path);
    expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]]);
  });
});
