import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, type World } from '../../../test/flows/world.ts';
import { NotFound } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { Bounced } from '../../platform/email/email-failures.ts';
import { listTimeline } from '../contact-pages/queries/timeline.ts';
import { liftBounces } from './lift-bounces.ts';
import { addAddressState } from './queries/address-states.ts';
import { listContacts } from './queries/list-contacts.ts';

const bounced = new Bounced(
  { code: 'email.recipient_refused', params: { status: '550 5.1.1' } },
  { reason: 'mailbox_unknown' },
);
const surveys = [{ quietPeriod: 'PT0S', audience: { quietPeriodAcross: 'PT0S' } }];

describeOnEachDatabase('an address that bounced', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A contact whose first email bounced. */
  async function bouncedContact(world: World) {
    world.fakeEmailServer.next.push(() => {
      throw bounced;
    });
    const asked = await world.resolvedTicket();
    await world.pass(hour);
    return asked;
  }

  const listed = async ({ workspaceId }: World, filter: { bounced?: boolean } = {}) =>
    (await listContacts(database.db, workspaceId, filter, { limit: 10 })).items;

  it('is not written to again, and asks the contact at the new address as soon as their record has one', async () => {
    const world = await createWorld(database, { surveys });
    const { requester, email } = await bouncedContact(world);
    const again = await world.resolvedTicket({ requester });
    expect(await world.decisions(again.ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'undeliverable' }]);
    expect(await listed(world, { bounced: true })).toMatchObject([{ bouncedAt: expect.any(Date) }]);

    const corrected = 'ann@gmail.example';
    const emails = [{ address: corrected, verified: true }];
    const changed = world.vendor.addContact({ ...requester, email: corrected, emails });
    const next = await world.resolvedTicket({ requester: changed });
    await world.pass(hour);
    expect(await world.decisions(next.ticket.id)).toMatchObject([{ verdict: 'asked', reason: 'asked' }]);
    expect(world.fakeEmailServer.to(corrected)).toHaveLength(1);
    expect(await world.addressStates()).toMatchObject([{ address: email, kind: 'bounce' }]);
    expect(await listed(world, { bounced: true })).toEqual([]);
    expect(await listed(world, { bounced: false })).toMatchObject([{ bouncedAt: null }]);
  });

  it('is written to again once an admin has lifted it, which the audit and the timeline tell', async () => {
    const world = await createWorld(database, { surveys });
    const { workspaceId, context } = world;
    const { requester, email } = await bouncedContact(world);
    const [contact] = await world.contacts();
    const id = contact?.id ?? '';
    const lift = (address?: string) =>
      liftBounces(context, { workspaceId, id, actor: 'user-1', ...(address === undefined ? {} : { address }) });
    await expect(lift('other@else.example')).rejects.toThrow(NotFound);
    await lift(email.toUpperCase());
    await expect(lift()).rejects.toThrow(NotFound);
    expect(await world.addressStates()).toEqual([]);
    const told = await listTimeline(database.db, { workspaceId, contactId: id }, { limit: 50 });
    expect(told.items.find(({ kind }) => kind === 'edited')).toMatchObject({
      ...{ action: 'bounce.lift', actor: 'user-1', fields: ['bounce'] },
    });
    await world.resolvedTicket({ requester });
    await world.pass(hour);
    expect(world.fakeEmailServer.to(email)).toHaveLength(1);
  });

  it('is not asked for a complaint either, and that ends likewise', async () => {
    const world = await createWorld(database, { surveys });
    const { requester, email } = await world.asked();
    const of = { workspaceId: world.workspaceId, address: email };
    const complaint = { kind: 'complaint' as const, reason: 'spam', at: world.clock(), invitationId: null };
    await addAddressState(database.db, { ...of, ...complaint });
    const { ticket } = await world.resolvedTicket({ requester });
    expect(await world.decisions(ticket.id)).toMatchObject([{ verdict: 'skipped', reason: 'complained' }]);
    const [contact] = await world.contacts();
    await liftBounces(world.context, { workspaceId: of.workspaceId, id: contact?.id ?? '', actor: 'user-1' });
    world.jump(day);
    const next = await world.resolvedTicket({ requester });
    expect(await world.decisions(next.ticket.id)).toMatchObject([{ verdict: 'asked' }]);
  });

  it('says nothing of the same address in another workspace', async () => {
    const [one, other] = [await createWorld(database, { surveys }), await createWorld(database, { surveys })];
    const requester = other.vendor.addContact({ name: 'Ann' });
    const bounce = { kind: 'bounce' as const, reason: 'mailbox_unknown', at: one.clock(), invitationId: null };
    await addAddressState(database.db, { workspaceId: one.workspaceId, address: requester.email ?? '', ...bounce });
    const { ticket } = await other.resolvedTicket({ requester });
    expect(await other.decisions(ticket.id)).toMatchObject([{ verdict: 'asked' }]);
  });
});
