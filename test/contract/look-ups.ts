import { expect } from 'vitest';
import type { Meeting, SimulatedQuestion } from './on-simulators.ts';
import { claimed } from './question.ts';
import { personal } from './tools.ts';

/** More than any batch takes. */
const asked = 125;

/** One of 25 who are asked about is not there. */
const isMissing = (place: number) => place % 25 === 12;

type Crowd = { ids: readonly string[]; emails: readonly string[]; missing: number; there: readonly string[] };

function addCrowd({ simulator }: Meeting): Crowd {
  const emails = Array.from({ length: asked }, (_, place) => `customer-${place}@customer.example`);
  const ids = emails.map((email, place) =>
    isMissing(place) ? `404${place}` : simulator.addContact({ name: `Customer ${place}`, email }),
  );
  const there = ids.filter((_, place) => !isMissing(place));
  return { ids, emails, missing: asked - there.length, there };
}

/**
 * What `find` gives of all of these, batch by batch, with a minute between two as the pace would leave it, and how many
 * requests that took.
 */
async function lookUp<Found>(
  { simulator, passes }: Meeting,
  keys: readonly string[],
  { batchSize, find }: { batchSize: number; find(some: readonly string[]): Promise<readonly Found[]> },
): Promise<{ found: readonly Found[]; calls: number }> {
  const before = simulator.requests.length;
  const found: Found[] = [];
  for (let start = 0; start < keys.length; start += batchSize) {
    found.push(...(await find(keys.slice(start, start + batchSize))));
    passes(60_000);
  }
  return { found, calls: simulator.requests.length - before };
}

const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id).toSorted();

/** What is asked of looking up many at once, and of looking somebody up by their addresses. */
export const lookUpQuestions: readonly SimulatedQuestion[] = [
  {
    title:
      'over a hundred tickets are found in as few calls as batches allow, each once, and those not there are absent',
    async ask(meeting) {
      const { simulator, ticketBatches, harness } = meeting;
      const { ids: recordIds, missing, there } = addCrowd(meeting);
      const requesters = new Map<string, string>();
      const ids = recordIds.map((recordId, place) => {
        if (isMissing(place)) return recordId;
        const id = simulator.addTicket({ requesterId: recordId, subject: 'A lamp', agent: 'Robin' });
        requesters.set(id, recordId);
        if (place % 2 === 0) simulator.resolve(id);
        return id;
      });
      const { found, calls } = await lookUp(meeting, ids, ticketBatches);
      expect(idsOf(found)).toEqual([...requesters.keys()].toSorted());
      expect(new Map(found.map(({ id, requester }) => [id, requester?.id]))).toEqual(requesters);
      expect(there).toHaveLength(found.length);
      expect(calls).toBeLessThanOrEqual(claimed(harness.facts).mostCalls.tickets(asked, missing));
    },
  },
  {
    title: 'over a hundred contacts are found by id in as few calls as batches allow, each once',
    async ask(meeting) {
      const { contacts, harness } = meeting;
      const { ids, missing, there } = addCrowd(meeting);
      const { batchSize } = contacts;
      const find = (some: readonly string[]) => contacts.find({ ids: some });
      const { found, calls } = await lookUp(meeting, ids, { batchSize, find });
      expect(idsOf(found)).toEqual(there.toSorted());
      expect(calls).toBeLessThanOrEqual(claimed(harness.facts).mostCalls.ids(asked, missing));
    },
  },
  {
    title: 'over a hundred contacts are found by address in as few calls as batches allow, each once',
    async ask(meeting) {
      const { contacts, harness } = meeting;
      const { emails, missing, there } = addCrowd(meeting);
      const { batchSize } = contacts;
      const find = (some: readonly string[]) => contacts.find({ emails: some });
      const { found, calls } = await lookUp(meeting, emails, { batchSize, find });
      expect(idsOf(found)).toEqual(there.toSorted());
      expect(calls).toBeLessThanOrEqual(claimed(harness.facts).mostCalls.emails(asked, missing));
    },
  },
  {
    title: 'a contact is found by their address alone, and not by one that only contains it',
    async ask({ simulator, contacts }) {
      const near = ['x', 'not.'].map((before) => `${before}${personal.email}`);
      const [id, ...others] = [personal.email, ...near].map((email) => simulator.addContact({ name: 'Ada', email }));
      expect(idsOf(await contacts.find({ emails: [personal.email] }))).toEqual([id]);
      expect(idsOf(await contacts.find({ emails: [personal.email, near[0] ?? ''] }))).toEqual(
        [id ?? '', others[0] ?? ''].toSorted(),
      );
      expect(await contacts.find({ emails: [`${personal.email}.example`] })).toEqual([]);
    },
  },
  {
    title: 'a contact is found by each of their addresses, alone and among others, with all of them',
    concerns: ({ facts }) => facts?.findsByFurtherAddresses ?? false,
    async ask({ simulator, contacts }) {
      const further = ['ada@home.example', 'ada@old.example'];
      const otherEmails = further.map((address) => ({ address, verified: true }));
      const id = simulator.addContact({ name: personal.name, email: personal.email, otherEmails });
      const other = simulator.addContact({ name: 'Kim', email: 'kim@customer.example' });
      for (const address of [personal.email, ...further]) {
        const found = await contacts.find({ emails: [address.toUpperCase()] });
        expect(idsOf(found)).toEqual([id]);
        const addresses = found.flatMap(({ emails }) => emails.map((email) => email.address));
        expect(addresses.toSorted()).toEqual([personal.email, ...further].toSorted());
        const several = ['unknown@customer.example', address, 'kim@customer.example'];
        expect(idsOf(await contacts.find({ emails: several }))).toEqual([id, other].toSorted());
      }
    },
  },
];
