import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, minute } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { listContacts } from '../contacts/queries/list-contacts.ts';
import { listDecisions } from '../decisions/queries/list-decisions.ts';
import { withCleanAnswers } from './clean-answers.ts';

const odd = 'a\0b\uD800c';
const stored = 'ab\uFFFDc';

describeOnEachDatabase('text that no database takes', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('is cleaned in whatever field a vendor sends it, and its ticket is decided', async () => {
    const world = await createWorld(database);
    const requester = world.vendor.addContact({
      name: odd,
      company: odd,
      language: odd,
      timeZone: odd,
      contactKey: odd,
    });
    const agent = { id: odd, name: odd };
    const { sentEmail } = await world.asked({
      ...{ requester, agent, group: agent, subject: odd, tags: [odd], brand: odd, channel: odd },
      ...{ priority: odd, pipeline: odd, satisfaction: odd },
    });
    await world.answer(sentEmail, 9, 'Fine');
    world.jump(10 * minute);
    await world.runDue();
    const { items: contacts } = await listContacts(database.db, world.workspaceId, {}, { limit: 10 });
    expect(contacts).toMatchObject([
      { name: stored, company: stored, crmFields: { nps_latest_rating: 9, nps_latest_agent: stored } },
    ]);
    const { items: decisions } = await listDecisions(database.db, world.workspaceId, {}, { limit: 10 });
    expect(decisions).toMatchObject([{ verdict: 'asked' }]);
  });
});

it('leaves alone what is not text', async () => {
  const at = new Date(7);
  const connection = withCleanAnswers({
    contacts: {
      batchSize: 3,
      find: async () => [{ id: odd, emails: [{ address: odd, verified: true }] }],
      readFields: async () => new Map([[odd, { a: odd, b: 1, c: null }]]),
      writeFields: async () => ({ outcomes: [] }),
    },
    tickets: {
      batchSize: 2,
      find: async () => [],
      changedSince: async () => ({ changes: [], more: false, completeUntil: at }),
    },
  });
  expect(connection.contacts?.batchSize).toBe(3);
  expect(await connection.contacts?.find({ ids: [] })).toEqual([
    { id: stored, emails: [{ address: stored, verified: true }] },
  ]);
  expect(await connection.contacts?.readFields([])).toEqual(new Map([[stored, { a: stored, b: 1, c: null }]]));
  expect((await connection.tickets?.changedSince(at))?.completeUntil).toBe(at);
});
