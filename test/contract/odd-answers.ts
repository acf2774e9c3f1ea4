import { expect } from 'vitest';
import type { Contacts } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { withCleanAnswers } from '../../src/modules/connections/clean-answers.ts';
import { createConnectionMemory } from '../../src/modules/connections/context.ts';
import { readTickets } from '../../src/modules/tickets/read-tickets.ts';
import { storable } from '../../src/platform/database/storable.ts';
import { changedTickets } from './changed-tickets.ts';
import type { Meeting, SimulatedQuestion } from './on-simulators.ts';

const word = 'Oddity';

/** What may stand where a vendor's documents have a text, as JSON. */
const oddTexts = [
  ...['"Odd\\u0000ity"', '"Oddity\\ud83d"', '"\\ude00Oddity"', '"\\u0000"', '""', JSON.stringify('x'.repeat(100_000))],
  ...['7', '-0.5', '1e300', 'true', 'null', '[]', '["Oddity"]', '{}', '{"text":"Oddity"}'],
];

/** What may stand in the place of a whole row. */
const oddRows: readonly unknown[] = [null, 'a row', 7, [], {}];

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Puts `odd` in the place of everything in an answer that has this id; nothing else of it is touched. */
function withOddRow(id: string, odd: unknown): (text: string) => string {
  const walk = (value: Json): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const row = value as Record<string, Json>;
    if (String(row.id) === id) return odd;
    return Object.fromEntries(Object.entries(row).map(([key, one]) => [key, walk(one)]));
  };
  return (text) => {
    try {
      return JSON.stringify(walk(JSON.parse(text)));
    } catch {
      return text;
    }
  };
}

/** Every value of a snapshot that is a text by its type, with its path. */
function textsOf({ requester, ...ticket }: TicketSnapshot): [string, unknown][] {
  const { subject, agent, group, brand, channel, priority, pipeline, satisfaction, tags } = ticket;
  const texts = { subject, brand, channel, priority, pipeline, satisfaction };
  return [
    ...Object.entries({ ...texts, 'agent.name': agent?.name, 'group.name': group?.name }),
    ...tags.map((tag): [string, unknown] => ['tags', tag]),
    ...(requester ? textsOfContact(requester) : []),
  ];
}

function textsOfContact({ email, emails, name, language, timeZone, company, contactKey }: ContactSnapshot) {
  return [
    ...Object.entries({ email, name, language, timeZone, company, contactKey }),
    ...emails.map(({ address }): [string, unknown] => ['emails', address]),
  ];
}

const isText = ([, value]: [string, unknown]) => value === undefined || typeof value === 'string';
const canBeStored = ([, value]: [string, unknown]) => typeof value !== 'string' || storable(value) === value;

/** Each ticket as it was shown, or whether it alone could not be read; read as the service reads them. */
async function readAll({ connection }: Meeting, ids: readonly string[]) {
  const readings = await readTickets({ capabilities: connection, memory: createConnectionMemory() }, ids);
  return (id: string) => {
    const reading = readings.get(id);
    if (!reading) throw new Error(`Nothing is known of ${id}.`);
    return 'failure' in reading ? { failure: reading.failure } : { snapshot: reading.snapshot };
  };
}

/** Who is found, by halves where a whole call fails; who cannot be read is left out, or fails alone. */
async function findByHalves(contacts: Contacts, ids: readonly string[]): Promise<readonly string[]> {
  try {
    return (await contacts.find({ ids })).map(({ id }) => id).toSorted();
  } catch (failure) {
    concernsRequest(failure);
    if (ids.length === 1) return [];
    const middle = Math.ceil(ids.length / 2);
    const halves = [ids.slice(0, middle), ids.slice(middle)];
    return (await Promise.all(halves.map((half) => findByHalves(contacts, half)))).flat().toSorted();
  }
}

function concernsRequest(failure: unknown): void {
  const upstream = failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
  expect({ upstream, concerns: upstream ? failure.concerns : undefined }).toEqual({
    ...{ upstream: true, concerns: 'request' },
  });
}

/** What is asked of answers that no document of the vendor's foresees. */
export const oddAnswerQuestions: readonly SimulatedQuestion[] = [
  {
    title: 'a text of another kind, or that no database takes, costs nobody their ticket, and can be stored',
    async ask(meeting) {
      const { simulator, connection, alter, passes } = meeting;
      const recordId = simulator.addContact({ name: word, email: 'ada@customer.example', company: word });
      const id = simulator.addTicket({ requesterId: recordId, subject: word, agent: word });
      simulator.resolve(id);
      const { tickets, contacts } = withCleanAnswers(connection);
      for (const odd of oddTexts) {
        // As long as agents' names are remembered.
        passes(3_600_001);
        alter((text) => text.replaceAll(JSON.stringify(word), odd));
        const [ticket, ...others] = (await tickets?.find([id])) ?? [];
        expect([odd, ticket?.id, ticket?.state, ticket?.requester?.id]).toEqual([odd, id, 'resolved', recordId]);
        expect(others).toEqual([]);
        const [contact] = (await contacts?.find({ ids: [recordId] })) ?? [];
        expect([odd, contact?.id]).toEqual([odd, recordId]);
        if (!ticket || !contact) return;
        const texts = [...textsOf(ticket), ...textsOfContact(contact)];
        expect([odd, texts.filter((text) => !isText(text) || !canBeStored(text))]).toEqual([odd, []]);
      }
    },
  },
  {
    title: 'one ticket that cannot be read stops no batch, fails alone, and is not taken for gone',
    async ask(meeting) {
      const { simulator, alter, passes } = meeting;
      const recordId = simulator.addContact({ name: 'Ada', email: 'ada@customer.example' });
      const ids = ['a', 'b', 'c'].map((subject) => simulator.addTicket({ requesterId: recordId, subject }));
      const [first, odd, last] = ids as [string, string, string];
      for (const row of oddRows) {
        passes(60_000);
        alter(withOddRow(odd, row));
        const shown = await readAll(meeting, ids);
        for (const id of [first, last]) expect(shown(id)).toMatchObject({ snapshot: { id, state: 'open' } });
        const { snapshot, failure } = shown(odd);
        if (failure === undefined) expect(snapshot).toMatchObject({ id: odd });
        else concernsRequest(failure);
      }
    },
  },
  {
    title: 'one contact that cannot be read stops no batch, and fails alone at most',
    async ask({ simulator, contacts, alter, passes }) {
      const ids = ['a', 'b', 'c'].map((name) => simulator.addContact({ name, email: `${name}@customer.example` }));
      const [first, odd, last] = ids as [string, string, string];
      for (const row of oddRows) {
        passes(60_000);
        alter(withOddRow(odd, row));
        const found = await findByHalves(contacts, ids);
        expect(found.filter((id) => id !== odd)).toEqual([first, last].toSorted());
      }
    },
  },
  {
    title: 'one row that cannot be read stops no poll and hides none of the others, also on a full page',
    async ask({ simulator, tickets, clock, passes, alter }) {
      const started = clock();
      const recordId = simulator.addContact({ name: 'Ada', email: 'ada@customer.example' });
      const made = Array.from({ length: 120 }, (_, place) => {
        passes(1000);
        return simulator.addTicket({ requesterId: recordId, subject: `Lamp ${place}` });
      });
      const odd = made[10] ?? '';
      for (const row of [...oddRows, { id: odd }]) {
        passes(300_000);
        alter(withOddRow(odd, row));
        const seen = await changedTickets(tickets, started);
        seen.delete(odd);
        expect(seen).toEqual(new Set(made.filter((id) => id !== odd)));
      }
    },
  },
];
