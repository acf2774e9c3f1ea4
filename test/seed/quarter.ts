import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Context } from '../../src/context.ts';
import { type ConnectionRow, listConnections } from '../../src/modules/connections/queries/connections.ts';
import { refreshCrmFields } from '../../src/modules/contacts/queries/crm-fields.ts';
import { contact, contactEmail } from '../../src/modules/contacts/tables.ts';
import { recordLink } from '../../src/modules/records/tables.ts';
import { createSurvey } from '../../src/modules/surveys/edit.ts';
import { publish } from '../../src/modules/surveys/publish.ts';
import { listSurveys } from '../../src/modules/surveys/queries/surveys.ts';
import type { Queryable } from '../../src/platform/database/database.ts';
import { defaultWorkspace as workspaceId } from '../../src/platform/workspaces/queries.ts';
import type { Service } from '../../src/start.ts';
import { type About, insertRows, noRows, playTicket, type SeededContact } from './quarter-ticket.ts';
import { names } from './quarter-words.ts';

/** A survey that only a database has which was played to. */
export const seededSurvey = 'support-csat';

const day = 86_400_000;
const days = 89;

type Recorded = SeededContact & { records: readonly { connectionId: string; recordId: string }[] };

/**
 * A quarter in the life of a company that asks after every ticket: made up, the same each time, and going better
 * towards its end. For screenshots, and to work on the console with.
 *
 * @param withRecords whether the contacts have records in the simulated accounts, which end with the process: without
 *   them the data outlives it
 */
export async function playQuarter(
  { context, url }: Pick<Service, 'context' | 'url'>,
  { withRecords }: { withRecords: boolean },
): Promise<void> {
  const now = context.clock();
  const chance = createChance(7);
  await addSurveys(context);
  const connections = await listConnections(context.database.db);
  const contacts = await Promise.all(names.map((name) => invent(url, withRecords ? connections : [], name)));
  await context.database.transaction(async (tx) => {
    const surveys = (await listSurveys(tx, workspaceId, 'live')).map(aboutOf);
    await addContacts(tx, contacts, new Date(now.getTime() - 400 * day));
    const anyOf = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)] as Item;
    const rows = noRows();
    for (let back = days; back > 0; back -= 1) {
      const morning = now.getTime() - back * day;
      // Few write on a weekend.
      const many = new Date(morning).getUTCDay() % 6 === 0 ? 2 : 7 + Math.floor(chance() * 6);
      for (let n = 0; n < many; n += 1) {
        const resolvedAt = new Date(morning + chance() * 12 * 3_600_000);
        const of = { contact: anyOf(contacts), connectionId: anyOf(connections.slice(0, 2)).id, about: anyOf(surveys) };
        playTicket(rows, { ...of, resolvedAt, mood: 1 - back / days, now, chance });
      }
    }
    await insertRows(tx, rows);
    for (const { id, lastAsked } of contacts) {
      await tx
        .update(contact)
        .set({ lastAskedAt: lastAsked?.at ?? null })
        .where(eq(contact.id, id));
      await refreshCrmFields(tx, { workspaceId, contactId: id }, now, { change: 'answered' });
    }
  });
}

/** Beside the one that comes with the sandbox. */
async function addSurveys(context: Context): Promise<void> {
  const csat = { key: seededSurvey, name: 'Support satisfaction', metric: 'csat', company: 'Acme' } as const;
  await createSurvey(context, workspaceId, csat);
  await publish(context, { workspaceId, key: csat.key });
  await createSurvey(context, workspaceId, {
    key: 'ease',
    name: 'Ease of getting help',
    metric: 'ces',
    company: 'Acme',
  });
}

function aboutOf(row: Awaited<ReturnType<typeof listSurveys>>[number]): About {
  const { metric } = row.content;
  return { survey: row.key, surveyId: row.id, surveyVersion: row.version, metric, scale: metric === 'nps' ? 10 : 5 };
}

async function invent(url: string, connections: readonly ConnectionRow[], name: string): Promise<Recorded> {
  const contact = { id: randomUUID(), name, email: addressOf(name) };
  const records = await Promise.all(
    connections.map(async ({ id, connector }) => ({
      connectionId: id,
      recordId: await addRecord(url, connector, contact),
    })),
  );
  return { ...contact, records };
}

async function addContacts(tx: Queryable, contacts: readonly Recorded[], createdAt: Date): Promise<void> {
  const languages = ['en', 'en', 'de', 'fr', 'en', 'es'];
  for (const [n, { id, name, email, records }] of contacts.entries()) {
    const language = languages[n % languages.length] ?? 'en';
    await tx.insert(contact).values({ id, workspaceId, name, language, company: 'Northwind', createdAt });
    await tx.insert(contactEmail).values({ workspaceId, contactId: id, address: email });
    const recordLinks = records.map((record) => ({
      ...record,
      id: randomUUID(),
      contactId: id,
      state: 'present' as const,
    }));
    if (recordLinks.length > 0) await tx.insert(recordLink).values(recordLinks.map((one) => ({ ...one, workspaceId })));
  }
}

const addressOf = (name: string) =>
  `${name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/gu, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@northwind.example`;

/** They are contacts of the simulated vendors too, so that their scores are really written there. @returns the record's id */
async function addRecord(url: string, connector: string, { name, email }: SeededContact): Promise<string> {
  const response = await fetch(`${url}/sandbox/control/${connector}/contacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, email }),
  });
  return ((await response.json()) as { id: string }).id;
}

/** The same numbers each time, between 0 and 1: Park and Miller's generator. */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
