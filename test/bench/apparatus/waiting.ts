import { randomUUID } from 'node:crypto';
import { listConnections, updateConnection } from '../../../src/modules/connections/queries/connections.ts';
import { fieldValues } from '../../../src/modules/contacts/crm-fields.ts';
import { contact, contactEmail } from '../../../src/modules/contacts/tables.ts';
import { crmFields, recordLink } from '../../../src/modules/records/tables.ts';
import type { Queryable } from '../../../src/platform/database/database.ts';
import { pauseWorkspace, defaultWorkspace as workspaceId } from '../../../src/platform/workspaces/queries.ts';
import { none } from '../../answers.ts';
import type { FreshDatabase } from './databases.ts';

/** The contact of this number, as every part of a bench knows them. */
export const benchAddress = (n: number) => `customer-${n}@example.com`;
export const benchRating = (n: number) => n % 11;

/** By connector: the record of the contact of this number, or nothing when it has yet to be found. */
export type KnownRecords = Readonly<Record<string, (n: number) => string | undefined>>;

const chunk = 1000;

/** Puts everybody's score and copies where answers would have put them, with writing paused. */
export async function saveWaiting(database: FreshDatabase, contacts: number, known: KnownRecords): Promise<void> {
  const opened = await database.open();
  const now = new Date();
  try {
    await opened.transaction(async (tx) => {
      await pauseWorkspace(tx, workspaceId, 'writing', now);
      // What is measured is how near we come to the vendor's own limits.
      for (const { id } of await listConnections(tx)) await updateConnection(tx, id, { quotaShare: 100 });
      for (let first = 0; first < contacts; first += chunk) {
        const numbers = Array.from({ length: Math.min(chunk, contacts - first) }, (_, n) => first + n);
        await addWaiting(tx, { workspaceId, numbers, known, now });
      }
    });
  } finally {
    await opened.stop();
  }
}

/** Adds the contacts of these numbers to a workspace, with a score that waits in each of its connections. */
export async function addWaiting(
  tx: Queryable,
  {
    workspaceId,
    numbers,
    known,
    now,
  }: { workspaceId: string; numbers: readonly number[]; known: KnownRecords; now: Date },
): Promise<void> {
  const contacts = numbers.map((n) => ({ id: randomUUID(), n }));
  await saveCrmFields(tx, contacts, { workspaceId, now });
  for (const { id: connectionId, connector, ...row } of await listConnections(tx)) {
    if (row.workspaceId !== workspaceId) continue;
    await saveRecordLinks(tx, contacts, {
      workspaceId,
      connectionId,
      recordOf: known[connector] ?? (() => undefined),
      now,
    });
  }
}

type NumberedContact = { id: string; n: number };

type Place = { workspaceId: string; now: Date };

async function saveCrmFields(
  tx: Queryable,
  contacts: readonly NumberedContact[],
  { workspaceId, now }: Place,
): Promise<void> {
  await tx.insert(contact).values(contacts.map(({ id }) => ({ id, workspaceId, createdAt: now })));
  await tx
    .insert(contactEmail)
    .values(contacts.map(({ id, n }) => ({ contactId: id, workspaceId, address: benchAddress(n) })));
  await tx.insert(crmFields).values(
    contacts.map(({ id, n }) => ({
      ...{ contactId: id, workspaceId, revision: 1, lastChange: 'answered' as const, changedAt: now },
      values: valuesOf(n, now),
    })),
  );
}

async function saveRecordLinks(
  tx: Queryable,
  contacts: readonly NumberedContact[],
  {
    workspaceId,
    connectionId,
    recordOf,
    now,
  }: Place & { connectionId: string; recordOf: (n: number) => string | undefined },
): Promise<void> {
  await tx.insert(recordLink).values(
    contacts.map(({ id, n }) => ({
      ...{ id: randomUUID(), workspaceId, connectionId, contactId: id, dueAt: now },
      state: recordOf(n) === undefined ? ('searching' as const) : ('present' as const),
      recordId: recordOf(n) ?? null,
    })),
  );
}

function valuesOf(n: number, now: Date) {
  const answer = {
    ...{ id: randomUUID(), metric: 'nps' as const, scale: 10, rating: benchRating(n) },
    ...{ comment: `What customer ${n} wrote.`, answeredAt: now, ratedAt: now },
    ...{ survey: 'after-ticket', ticket: `zendesk:${n}`, agent: 'An agent' },
  };
  return fieldValues([answer], { ...none, lastAskedAt: now });
}
