import type {
  Connection,
  Connector,
  Contacts,
  TicketMark,
  TicketMarkOutcome,
  Tickets,
} from '../../../src/connector.ts';
import { normalizeEmail } from '../../../src/model/contact.ts';
import type { ConnectorHarness } from '../harness.ts';

/** One fault in a connector that is sound otherwise, beside its simulator, and the question that has to find it. */
export type SimulatedFault = {
  fault: string;
  foundBy: RegExp;
  /** In whom it shows; in everybody whom the question concerns unless given. */
  concerns?(harness: ConnectorHarness): boolean;
  breaks(sound: Connector): Connector;
};

/** @param change has a connection of its own to the same account, for what it does in secret */
const connecting =
  (change: (connection: Connection, again: () => Connection) => Partial<Connection>): SimulatedFault['breaks'] =>
  (sound) => ({
    ...sound,
    connect(settings, tools) {
      const again = () => sound.connect(settings, tools);
      const connection = again();
      return { ...connection, ...change(connection, again) };
    },
  });

const inTickets = (change: (tickets: Tickets, again: () => Connection) => Partial<Tickets>) =>
  connecting(({ tickets }, again) => (tickets ? { tickets: { ...tickets, ...change(tickets, again) } } : {}));

const inContacts = (change: (contacts: Contacts) => Partial<Contacts>) =>
  connecting(({ contacts }) => (contacts ? { contacts: { ...contacts, ...change(contacts) } } : {}));

const showing = (change: (found: Awaited<ReturnType<Tickets['find']>>[number]) => object) =>
  inTickets((tickets) => ({
    find: async (...asked) => (await tickets.find(...asked)).map((found) => ({ ...found, ...change(found) })),
  }));

const findingContacts = (
  change: (contacts: Contacts, by: Parameters<Contacts['find']>[0]) => ReturnType<Contacts['find']>,
) => inContacts((contacts) => ({ find: (by) => change(contacts, by) }));

const marking = (
  change: (outcomes: readonly TicketMarkOutcome[]) => readonly TicketMarkOutcome[],
): SimulatedFault['breaks'] =>
  inTickets(({ mark, unmark }) => ({
    ...(mark ? { mark: async (marks) => change(await mark(marks)) } : {}),
    ...(unmark ? { unmark: async (ids) => change(await unmark(ids)) } : {}),
  }));

/** Vendors that have batches: elsewhere one by one is how it is done. */
const takesMany = ({ facts }: ConnectorHarness) => (facts?.mostCalls.ids(100, 0) ?? 100) < 100;
const isZendesk = ({ connector }: ConnectorHarness) => connector.name === 'zendesk';

export const simulatedFaults: readonly SimulatedFault[] = [
  {
    fault: 'takes every ticket to be handled by a person',
    foundBy: /^who brought a ticket/u,
    breaks: showing(({ state }) => (state === 'resolved' ? { handler: 'human_agent' } : {})),
  },
  {
    fault: 'tells who resolved a ticket that is open',
    foundBy: /^who brought a ticket/u,
    breaks: showing(({ state }) => (state === 'open' ? { handler: 'human_agent' } : {})),
  },
  {
    fault: 'takes what it does not know of replies for none',
    foundBy: /^replies are counted/u,
    breaks: showing(({ publicReplies = 0 }) => ({ publicReplies })),
  },
  {
    fault: 'takes a mailing list for a person',
    foundBy: /^an address that the vendor knows/u,
    breaks: findingContacts(async (contacts, by) =>
      (await contacts.find(by)).map(({ machine: _, ...contact }) => contact),
    ),
  },
  {
    fault: 'takes a requester’s mailing list for a person',
    foundBy: /^an address that the vendor knows/u,
    breaks: showing(({ requester: { machine: _, ...requester } = { id: '', emails: [] } }) => ({ requester })),
  },
  {
    fault: 'looks every ticket up by a call of its own',
    foundBy: /^over a hundred tickets/u,
    concerns: takesMany,
    breaks: inTickets((tickets) => ({
      find: async (ids, requests) => (await Promise.all(ids.map((id) => tickets.find([id], requests)))).flat(),
    })),
  },
  {
    fault: 'looks everything up twice',
    foundBy: /^over a hundred tickets/u,
    breaks: inTickets((tickets) => ({
      async find(ids, requests) {
        await tickets.find(ids, requests);
        return tickets.find(ids, requests);
      },
    })),
  },
  {
    fault: 'forgets the last ticket of a batch',
    foundBy: /^over a hundred tickets/u,
    breaks: inTickets((tickets) => ({ find: (ids, requests) => tickets.find(ids.slice(0, -1), requests) })),
  },
  {
    fault: 'looks every contact up twice',
    foundBy: /^over a hundred contacts are found by id/u,
    breaks: findingContacts(async (contacts, by) => {
      await contacts.find(by);
      return contacts.find(by);
    }),
  },
  {
    fault: 'finds a contact twice',
    foundBy: /^over a hundred contacts are found by address/u,
    breaks: findingContacts(async (contacts, by) => {
      const found = await contacts.find(by);
      return [...found, ...found.slice(0, 1)];
    }),
  },
  {
    fault: 'finds whoever is near',
    foundBy: /^a contact is found by their address alone/u,
    breaks: findingContacts((contacts, by) =>
      contacts.find(
        'ids' in by
          ? by
          : { emails: by.emails.flatMap((email) => [email, `x${email}`, email.replace('.example.', '.')]) },
      ),
    ),
  },
  {
    fault: 'knows primary addresses only',
    foundBy: /^a contact is found by each/u,
    breaks: findingContacts(async (contacts, by) => {
      const found = await contacts.find(by);
      if ('ids' in by) return found;
      const sought = by.emails.map((email) => normalizeEmail(email));
      return found.filter(({ email = '' }) => sought.includes(normalizeEmail(email)));
    }),
  },
  {
    fault: 'keeps what is no text where a text belongs',
    foundBy: /^a text of another kind/u,
    breaks: showing(({ subject }) => ({ subject: subject ?? null })),
  },
  {
    fault: 'stops at a ticket without a subject',
    foundBy: /^a text of another kind/u,
    breaks: showing(({ subject }) => {
      if (subject === undefined) throw new Error('it has no subject');
      return {};
    }),
  },
  {
    fault: 'takes tickets that it cannot read for gone',
    foundBy: /^one ticket that cannot be read/u,
    breaks: inTickets((tickets) => ({ find: (...asked) => tickets.find(...asked).catch(() => []) })),
  },
  {
    fault: 'throws what nobody understands about a ticket that it cannot read',
    foundBy: /^one ticket that cannot be read/u,
    breaks: inTickets((tickets) => ({
      find: (...asked) =>
        tickets.find(...asked).catch(() => {
          throw new TypeError('cannot read it');
        }),
    })),
  },
  {
    fault: 'loses all others beside a contact that it cannot read',
    foundBy: /^one contact that cannot be read/u,
    breaks: findingContacts(async (contacts, by) => {
      const found = await contacts.find(by).catch(() => []);
      return 'ids' in by && found.length < by.ids.length ? [] : found;
    }),
  },
  {
    fault: 'ends a poll at the first page',
    foundBy: /^one row that cannot be read/u,
    concerns: ({ connector }) => connector.name !== 'zendesk',
    breaks: inTickets((tickets) => ({
      changedSince: async (...where) => ({ ...(await tickets.changedSince(...where)), more: false }),
    })),
  },
  {
    fault: 'leaves out what stands behind a row that it cannot read',
    foundBy: /^one row that cannot be read/u,
    breaks: inTickets((tickets) => ({
      async changedSince(...where) {
        const page = await tickets.changedSince(...where);
        return { ...page, changes: page.changes.slice(0, 10) };
      },
    })),
  },
  {
    fault: 'marks the winner in the place of who lost the merge',
    foundBy: /^a ticket that was merged away/u,
    breaks: inTickets(({ mark }) => {
      let latest: string | undefined;
      return mark
        ? {
            async mark(marks: readonly TicketMark[]) {
              const outcomes = await mark(marks);
              const gone = marks.find(({ id }) => outcomes.some((one) => one.id === id && one.result === 'gone'));
              if (gone && latest !== undefined) await mark([{ ...gone, id: latest }]);
              latest ??= marks[0]?.id;
              return outcomes;
            },
          }
        : {};
    }),
  },
  {
    fault: 'takes every ticket for marked',
    foundBy: /^tickets that are gone, closed/u,
    breaks: marking((outcomes) => outcomes.map(({ id }) => ({ id, result: 'marked' }))),
  },
  {
    fault: 'is stopped by a ticket that is gone',
    foundBy: /^tickets that are gone, closed/u,
    breaks: marking((outcomes) => {
      if (outcomes.some(({ result }) => result === 'gone')) throw new Error('one is gone');
      return outcomes;
    }),
  },
  {
    fault: 'takes back what it marked before',
    foundBy: /^tickets that are marked or unmarked together/u,
    breaks: inTickets(({ mark }) => {
      let times = 0;
      return mark
        ? {
            async mark(marks: readonly TicketMark[]) {
              times += 1;
              const changed = times > 1 ? { rating: 2, category: 'detractor' as const } : {};
              return mark(marks.map((one) => ({ ...one, ...changed })));
            },
          }
        : {};
    }),
  },
  {
    fault: 'never ends a mark',
    foundBy: /^what is unfinished/u,
    breaks: marking((outcomes) => outcomes.map(({ id }) => ({ id, result: 'unfinished' }))),
  },
  {
    fault: 'begins an unfinished mark anew',
    foundBy: /^what is unfinished/u,
    // Where a mark is a job.
    concerns: isZendesk,
    breaks: inTickets((_tickets, again) => ({
      mark: async (marks) => (await again().tickets?.mark?.(marks)) ?? [],
    })),
  },
];
