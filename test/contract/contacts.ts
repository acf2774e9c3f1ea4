import { expect } from 'vitest';
import type { Contacts } from '../../src/connector.ts';
import { failureQuestions } from './failures.ts';
import type { ConnectorHarness, ContactsHarness } from './harness.ts';
import { claimed, type Question } from './question.ts';
import { personal } from './tools.ts';
import { answered } from './values.ts';

const ada = { email: personal.email, name: personal.name };

/** What is asked of how a connection's `contacts` are found, and of every call when the vendor fails. */
export function contactQuestions(contacts: ContactsHarness, harness: ConnectorHarness): Question[] {
  const id = contacts.recordId(1);
  const lone = [{ id, values: answered.best }];
  const two = [...lone, { id: contacts.recordId(2), values: answered.worst }];
  const failing = (doing: string, call: (contacts: Contacts) => Promise<unknown>, more = {}) =>
    failureQuestions({ doing, call: ({ contacts: ours }) => ours && call(ours), ...more }, harness);

  return [
    {
      title: 'finds by id those who exist, and skips those who do not',
      records: 2,
      async ask({ vendor, connection }) {
        const ids = [contacts.recordId(1), contacts.recordId(2)];
        contacts.find(vendor, { ids }, [{ id, ...ada }]);
        const found = await claimed(connection.contacts).find({ ids });
        expect(found).toHaveLength(1);
        expect(found).toMatchObject([{ id, ...ada, emails: [{ address: personal.email }] }]);
      },
    },
    {
      title: 'finds by address, whatever its case',
      async ask({ vendor, connection }) {
        const emails = [personal.email.toUpperCase()];
        contacts.find(vendor, { emails }, [{ id, ...ada }]);
        expect(await claimed(connection.contacts).find({ emails })).toMatchObject([{ id, ...ada }]);
      },
    },
    {
      title: 'finds several addresses at once, and skips those no contact has',
      records: 2,
      async ask({ vendor, connection }) {
        const emails = ['unknown@customer.example', personal.email];
        contacts.find(vendor, { emails }, [{ id, ...ada }]);
        const found = await claimed(connection.contacts).find({ emails });
        expect(found.map((contact) => contact.id)).toEqual([id]);
      },
    },
    {
      title: 'finds no one under an unknown id or address',
      async ask({ vendor, connection }) {
        const ours = claimed(connection.contacts);
        contacts.find(vendor, { ids: [id] }, []);
        expect(await ours.find({ ids: [id] })).toEqual([]);
        contacts.find(vendor, { emails: [personal.email] }, []);
        expect(await ours.find({ emails: [personal.email] })).toEqual([]);
      },
    },
    {
      title: 'asks the vendor nothing when there is nothing to ask',
      async ask({ vendor, connection }) {
        const ours = claimed(connection.contacts);
        expect(await ours.find({ ids: [] })).toEqual([]);
        expect(await ours.find({ emails: [] })).toEqual([]);
        expect((await ours.readFields([])).size).toBe(0);
        expect((await ours.writeFields([])).outcomes).toEqual([]);
        expect(vendor.requests).toEqual([]);
      },
    },
    ...failing('finding by id', (ours) => ours.find({ ids: [id] })),
    ...failing('finding by address', (ours) => ours.find({ emails: [personal.email] })),
    ...failing('reading scores', (ours) => ours.readFields([id])),
    ...failing('writing one score', (ours) => ours.writeFields(lone), {
      writes: true,
      concernsOneRecord: true,
    }),
    ...failing('writing several scores', (ours) => ours.writeFields(two), { writes: true, records: 2 }),
  ];
}
