import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import type { Vendor } from '../../../test/flows/vendor.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import type { ContactSnapshot } from '../../model/contact.ts';
import { UpstreamBusy } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { updateConnection } from '../connections/queries/connections.ts';

describeOnEachDatabase('what another system knows of a contact', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Two systems; the ticket is in the first. */
  async function twoSystems(): Promise<{ world: World; other: Vendor }> {
    const world = await createWorld(database, { vendors: ['acme', 'umbrella'] });
    const other = world.vendors[1];
    if (!other) throw new Error('there is no second system');
    return { world, other };
  }
  const finds = (vendor: Vendor) => vendor.calls.filter(({ call }) => call === 'find contacts');
  const email = 'ann@example.com';

  it.each<[string, Partial<ContactSnapshot>]>([
    ['do_not_survey', { doNotSurvey: true }],
    ['opted_out', { optedOut: true }],
    ['own_team', { staff: true }],
    ['suspended', { suspended: true }],
    ['undeliverable', { undeliverable: true }],
    ['machine', { machine: true }],
  ])('skips with %s whom it was never asked about before', async (reason, shown) => {
    const { world, other } = await twoSystems();
    other.addContact({ email, ...shown });
    const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
    await world.pass(hour);
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason }]);
  });

  it('is looked for once by address, and read again by id the next time', async () => {
    const { world, other } = await twoSystems();
    const known = other.addContact({ email });
    const requester = world.vendor.addContact({ email });
    await world.resolvedTicket({ requester });
    await world.resolvedTicket({ requester: world.vendor.addContact({ email: 'bo@example.com' }) });
    await world.pass(hour);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    expect(finds(other).flatMap(({ ids }) => ids)).toEqual(expect.arrayContaining([email, 'bo@example.com']));

    await world.pass(100 * day);
    other.calls.length = 0;
    other.contacts.set(known.id, { ...known, optedOut: true });
    const { ticket } = await world.resolvedTicket({ requester });
    await world.pass(hour);
    expect(await world.decisions(ticket.id)).toMatchObject([{ reason: 'opted_out' }]);
    expect(finds(other).flatMap(({ ids }) => ids)).toContain(known.id);
    expect(finds(other).flatMap(({ ids }) => ids)).not.toContain(email);
  });

  it('is waited for while the system does not answer', async () => {
    const { world, other } = await twoSystems();
    other.addContact({ email, optedOut: true });
    other.before = () => {
      throw new UpstreamBusy(vendorSays('server_failed'));
    };
    const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
    await world.pass(hour);
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'connection_busy' }]);
    other.before = () => undefined;
    await world.pass(10 * minute);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'opted_out' }]);
  });

  it('is waited for a day where the connection was refused, and then the decision says so', async () => {
    const { world, other } = await twoSystems();
    const refused = {
      status: 'unauthorized' as const,
      unauthorizedAt: world.context.clock(),
      provisionDueAt: new Date('2100-01-01'),
    };
    await updateConnection(database.db, world.connectionId(other), refused);
    const { ticket } = await world.resolvedTicket({ requester: world.vendor.addContact({ email }) });
    await world.pass(2 * hour);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'waiting', reason: 'connection_unauthorized' }]);
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    await world.pass(day);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(1);
    const [sent] = await world.decisions(ticket.id);
    expect(sent?.notes).toContainEqual({ code: 'system_unread', params: { system: 'umbrella' } });
  });

  it('is not taken from a record that has their old address now', async () => {
    const { world } = await twoSystems();
    const requester = world.vendor.addContact({ email });
    const { sentEmail } = await world.asked({ requester });
    await world.answer(sentEmail, 9, 'Very kind.');
    await world.runDue();
    expect(world.vendor.records.get(requester.id)).toMatchObject({ nps_latest_rating: 9 });

    // Nobody tells us that her address changed.
    const moved = 'ann@example.org';
    world.vendor.contacts.set(requester.id, {
      ...requester,
      email: moved,
      emails: [{ address: moved, verified: true }],
    });
    const bob = world.vendor.addContact({ email });
    const { ticket } = await world.resolvedTicket({ requester: bob });
    await world.pass(hour);
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
    expect(world.fakeEmailServer.sentEmails).toHaveLength(2);
    expect(world.vendor.records.get(bob.id)?.nps_latest_rating ?? null).toBeNull();
    expect(world.vendor.records.get(bob.id)?.nps_latest_comment ?? null).toBeNull();
    expect(world.vendor.records.get(requester.id)).toMatchObject({ nps_latest_rating: 9 });
  });
});
