import { beforeAll, describe, expect, it } from 'vitest';
import { api } from './api.ts';
import {
  addCustomer,
  addTicket,
  type Customer,
  emailsTo,
  emailTo,
  everythingBefore,
  resolveTicket,
} from './customers.ts';
import { eventually } from './eventually.ts';
import { describeInFolder, type World } from './world.ts';

const vendors = ['hubspot', 'zendesk'] as const;

describeInFolder('a customer is asked once a resolution', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open();
  });

  const askedOnce = async (customer: Customer) => {
    await emailTo(world, customer);
    await everythingBefore(world);
    expect(emailsTo(world, customer)).toHaveLength(1);
  };

  it.each(vendors)('though %s delivers the same webhook eleven times', async (vendor) => {
    const customer = addCustomer(world);
    const ticket = resolveTicket(world, vendor, customer);
    await world[vendor].settled();
    await world[vendor].redeliver(10);
    expect(world[vendor].deliveries.slice(-11).map(({ status }) => status)).toEqual(Array(11).fill(200));
    await askedOnce(customer);
    expect(await api(world).decisions(ticket)).toHaveLength(1);
  });

  it.each(vendors)('though %s delivers its webhooks in the wrong order', async (vendor) => {
    const [solved, reopened] = [addCustomer(world), addCustomer(world)];
    const [stays, returns] = [addTicket(world, vendor, solved), addTicket(world, vendor, reopened)];
    await world[vendor].settled();
    world[vendor].disturb({ kind: 'reorder' });
    world[vendor].resolve(stays);
    world[vendor].resolve(returns);
    world[vendor].reopen(returns);
    await world[vendor].settled();
    world[vendor].calm();
    await askedOnce(solved);
    expect(emailsTo(world, reopened)).toEqual([]);
  });

  it('though a solved ticket is closed', async () => {
    const customer = addCustomer(world);
    const ticket = resolveTicket(world, 'zendesk', customer);
    await emailTo(world, customer);
    world.zendesk.close(ticket);
    await askedOnce(customer);
    expect(await api(world).decisions(ticket)).toHaveLength(1);
  });

  describe('and no one is asked', () => {
    it.each([
      ['who is staff', 'own_team', { staff: true }, 1],
      ['who is suspended', 'suspended', { suspended: true }, 1],
      ['whose record another account shares with us', 'shared', { shared: true }, 1],
      ['whom no agent answered', 'no_public_reply', {}, 0],
    ] as const)('%s', async (_who, reason, traits, publicReplies) => {
      const email = `${reason.replace('_', '-')}@shop.example`;
      const recordId = world.zendesk.addContact({ name: 'Quinn Quiet', email, ...traits });
      const ticket = world.zendesk.addTicket({ requesterId: recordId, subject: 'Hello', publicReplies });
      world.zendesk.resolve(ticket);
      const [decision] = await eventually('it is decided', async () => {
        const decisions = await api(world).decisions(ticket);
        return decisions.length > 0 && decisions;
      });
      expect(decision).toMatchObject({ verdict: 'skipped', reasonCode: reason });
    });
  });
});
