import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { BadRequest, UpstreamBusy } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { askContact } from './request-survey.ts';

const quiet = 30 * day;
const addresses = ['ann@example.com', 'bo@example.com'] as const;
const systems = ['acme', 'umbrella'] as const;

const ticket = fc.nat(3);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('resolve' as const), ticket }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), ticket }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('event' as const), ticket, times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hand over' as const), ticket, to: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('poll' as const), system: fc.nat(1) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('want' as const), whom: fc.nat(1), key: fc.constantFrom('a', 'b', null) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('publish' as const), status: fc.constantFrom('live', 'paused') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      meets: fc.constantFrom('taken', 'died after taking', 'line dropped after taking', 'busy'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.constantFrom(1, 30, 24 * 12, 24 * 31) }),
  },
);

describeOnEachDatabase('no contact gets two emails within the quiet period', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('whatever the order of events, polls, survey requests, emails and crashes, deferred or not', async () => {
    let emails = 0;
    const whenQuiet = fc.constantFrom('drop', 'defer');
    await fc.assert(
      fc.asyncProperty(whenQuiet, fc.array(step, { minLength: 5, maxLength: 20 }), async (deferred, steps) => {
        const audience = { quietPeriod: 'P30D', quietPeriodAcross: 'P30D', whenQuiet: deferred };
        const survey = { audience, timing: { expires: 'P60D' } };
        const world = await createWorld(database, { surveys: [survey], vendors: systems });
        const tickets = openTickets(world);
        for (const taken of steps) {
          if (taken.do === 'deliver') await deliver(world, taken.meets);
          else if (taken.do === 'pass') world.jump(taken.hours * hour);
          else if (taken.do === 'publish') await world.survey({ ...survey, status: taken.status });
          else if (taken.do === 'want') await want(world, addresses[taken.whom] ?? '', taken.key);
          else if (taken.do === 'poll') {
            const connection = world.connectionId(world.vendors[taken.system]);
            await world.work('poll', connection);
            await world.work('dispatch', connection);
          } else {
            const { vendor, id } = tickets[taken.ticket] ?? {};
            if (!vendor || id === undefined) continue;
            const requester = [...vendor.contacts.values()][taken.do === 'hand over' ? taken.to : -1];
            if (taken.do === 'resolve') vendor.show(id, { state: 'resolved', resolvedAt: world.clock() });
            if (taken.do === 'reopen') vendor.show(id, { state: 'open' });
            if (taken.do === 'hand over' && requester) vendor.show(id, { requester });
            const times = taken.do === 'event' ? taken.times : 1;
            for (let time = 0; time < times; time += 1) await world.leaveEvent(id, 'ticket.changed', vendor);
            await world.work('dispatch', world.connectionId(vendor));
          }
        }
        await world.survey(survey);
        await world.pass(2 * hour);
        await world.pass(30 * day);
        for (const address of addresses) {
          // The same email twice, under one Message-ID, is one email.
          const first = new Map<string, number>();
          for (const { sentEmail, at } of world.fakeEmailServer.sentEmails) {
            if (sentEmail.to.address === address && !first.has(sentEmail.messageId))
              first.set(sentEmail.messageId, at.getTime());
          }
          const times = [...first.values()];
          emails += times.length;
          const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
          expect(Math.min(quiet, ...gaps)).toBe(quiet);
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(emails).toBeGreaterThan(0);
  }, 120_000);
});

/** Two tickets in each system, of two contacts whom both systems know. */
function openTickets({ vendors }: World) {
  return vendors.flatMap((vendor) =>
    addresses.map((email) => ({
      vendor,
      id: vendor.addTicket({ requester: vendor.addContact({ email }), publicReplies: 1 }).id,
    })),
  );
}

/** Somebody wants them to be asked; where the survey is not live, that is refused. */
async function want({ context, workspaceId }: World, email: string, key: string | null): Promise<void> {
  const request = { workspaceId, surveyKey: 'after-ticket', requestedBy: 'api', contact: { email } } as const;
  await askContact(context, { ...request, ...(key === null ? {} : { key }) }).catch((failure: unknown) => {
    if (!(failure instanceof BadRequest)) throw failure;
  });
}

async function deliver(world: World, meets: string): Promise<void> {
  const reached = Promise.withResolvers<void>();
  if (meets !== 'taken') {
    world.fakeEmailServer.next.push((_email, keep) => {
      if (meets !== 'busy') keep();
      reached.resolve();
      if (meets === 'died after taking') return new Promise<never>(() => {});
      throw new UpstreamBusy(vendorSays('server_failed'), {
        outcome: meets === 'busy' ? 'not_done' : 'unknown',
        retryAfter: minute,
      });
    });
  }
  const delivering = world.deliver();
  await (meets === 'died after taking' ? Promise.race([reached.promise, delivering]) : delivering);
  world.fakeEmailServer.next.length = 0;
  if (meets === 'died after taking') await world.crash();
}
