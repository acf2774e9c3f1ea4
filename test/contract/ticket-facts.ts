import { expect } from 'vitest';
import type { SimulatedQuestion } from './on-simulators.ts';
import { claimed } from './question.ts';
import { personal } from './tools.ts';

const ada = { email: personal.email, name: personal.name };

/** What is asked of the facts about tickets and contacts on which a decision rests. */
export const factQuestions: readonly SimulatedQuestion[] = [
  {
    title: 'who brought a ticket to its resolution is told, and nobody is where the vendor does not tell',
    async ask({ simulator, tickets, ticketBatches, harness }) {
      const recordId = simulator.addContact(ada);
      const handled = claimed(harness.facts).handled(simulator, recordId);
      const open = simulator.addTicket({ requesterId: recordId, subject: 'A lamp', agent: 'Robin' });
      const expected = [...handled, { id: open, by: undefined }];
      expect(handled.map(({ by }) => by)).toContain('human_agent');
      const found = await ticketBatches.find(expected.map(({ id }) => id));
      expect(new Map(found.map(({ id, handler }) => [id, handler]))).toEqual(
        new Map(expected.map(({ id, by }) => [id, by])),
      );
      for (const { id, by } of expected) expect([id, (await tickets.find(id))?.handler]).toEqual([id, by]);
    },
  },
  {
    title: 'replies are counted, or not told, and none is told only where it means that nobody answered',
    async ask({ simulator, tickets, harness }) {
      const recordId = simulator.addContact(ada);
      const withReplies = (publicReplies: number) =>
        simulator.addTicket({ requesterId: recordId, subject: 'A lamp', agent: 'Robin', publicReplies });
      const [answered, unanswered] = [withReplies(2), withReplies(0)];
      for (const id of [answered, unanswered]) simulator.resolve(id);
      expect([2, undefined]).toContain((await tickets.find(answered))?.publicReplies);
      expect((await tickets.find(unanswered))?.publicReplies).toBe(0);
      const uncounted = claimed(harness.facts).uncounted(simulator, recordId);
      expect(uncounted.length).toBeGreaterThan(0);
      for (const id of uncounted) {
        simulator.resolve(id);
        expect(await tickets.find(id)).not.toHaveProperty('publicReplies');
      }
    },
  },
  {
    title: 'an address that the vendor knows to be no person’s is told, by whatever way it is found',
    concerns: ({ facts }) => facts?.addressed !== undefined,
    async ask({ simulator, contacts, tickets, harness }) {
      const addressed = claimed(harness.facts).addressed?.(simulator) ?? [];
      expect(new Set(addressed.map(({ machine }) => machine)).size).toBe(2);
      const ids = addressed.map(({ id }) => id);
      const machines = addressed.filter(({ machine }) => machine).map(({ id }) => id);
      const found = await contacts.find({ ids });
      expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      expect(found.flatMap(({ id, machine }) => (machine ? [id] : [])).toSorted()).toEqual(machines.toSorted());
      for (const { id, email, machine } of addressed) {
        const [byAddress] = await contacts.find({ emails: [email] });
        const ticket = simulator.addTicket({ requesterId: id, subject: 'A lamp' });
        simulator.resolve(ticket);
        const asRequester = (await tickets.find(ticket))?.requester;
        expect([email, byAddress?.machine ?? false]).toEqual([email, machine]);
        expect([email, asRequester?.machine ?? false]).toEqual([email, machine]);
      }
    },
  },
];
