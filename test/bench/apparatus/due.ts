import { randomBytes, randomUUID } from 'node:crypto';
import type { ZendeskSimulator } from '../../../connectors/zendesk/simulator/index.ts';
import { listConnections, updateConnection } from '../../../src/modules/connections/queries/connections.ts';
import { contact, contactEmail } from '../../../src/modules/contacts/tables.ts';
import { decision } from '../../../src/modules/decisions/tables.ts';
import { invitation } from '../../../src/modules/invitations/tables.ts';
import { recordLink } from '../../../src/modules/records/tables.ts';
import { listSurveys } from '../../../src/modules/surveys/queries/surveys.ts';
import { resolution, ticket } from '../../../src/modules/tickets/tables.ts';
import type { Queryable } from '../../../src/platform/database/database.ts';
import { pauseWorkspace, defaultWorkspace as workspaceId } from '../../../src/platform/workspaces/queries.ts';
import type { FreshDatabase } from './databases.ts';
import { benchAddress } from './waiting.ts';

/** A solved ticket of somebody with an address. */
export type Solved = { ticketId: string; recordId: string; name: string; address: string; at: Date };

/** What the simulated Zendesk says of everybody, and a look would have kept. */
const recorded = { language: 'en-US', timeZone: 'Europe/Berlin' };

export function solveTickets(zendesk: ZendeskSimulator, many: number): Solved[] {
  return Array.from({ length: many }, (_, n) => {
    const address = benchAddress(n);
    const name = `Customer ${n}`;
    const recordId = zendesk.addContact({ name, email: address });
    const ticketId = zendesk.addTicket({ requesterId: recordId, subject: 'A question' });
    zendesk.resolve(ticketId);
    return { ticketId, recordId, name, address, at: new Date() };
  });
}

/** Puts an invitation, due now, where a look at each ticket would have put it; asking and writing are paused. */
export async function saveDue(database: FreshDatabase, solved: readonly Solved[]): Promise<void> {
  const opened = await database.open();
  const now = new Date();
  await opened.transaction(async (tx) => {
    const [connection] = await listConnections(tx);
    const [survey] = await listSurveys(tx, workspaceId);
    if (!connection || !survey) throw new Error('the first start made no connection, or no survey');
    await pauseWorkspace(tx, workspaceId, 'asking', now);
    await pauseWorkspace(tx, workspaceId, 'writing', now);
    // The poll would look at every ticket that was just solved.
    await updateConnection(tx, connection.id, { pollDueAt: new Date(now.getTime() + 86_400_000) });
    const about = { connectionId: connection.id, surveyId: survey.id, surveyVersion: survey.version };
    for (let first = 0; first < solved.length; first += 1000) {
      await saveSome(tx, solved.slice(first, first + 1000), about, now);
    }
  });
  await opened.stop();
}

async function saveSome(
  tx: Queryable,
  solved: readonly Solved[],
  { connectionId, surveyId, surveyVersion }: { connectionId: string; surveyId: string; surveyVersion: number },
  now: Date,
): Promise<void> {
  const rows = solved.map((one) => ({
    ...one,
    ids: { contact: randomUUID(), ticket: randomUUID(), resolution: randomUUID(), decision: randomUUID() },
  }));
  const of = <Value>(values: (row: (typeof rows)[number]) => Value) => rows.map((row) => values(row));
  await tx
    .insert(contact)
    .values(of(({ ids, name }) => ({ id: ids.contact, workspaceId, name, ...recorded, createdAt: now })));
  await tx.insert(contactEmail).values(of(({ ids, address }) => ({ contactId: ids.contact, workspaceId, address })));
  await tx.insert(recordLink).values(
    of(({ ids, recordId, address }) => ({
      ...{ id: randomUUID(), workspaceId, connectionId, contactId: ids.contact },
      ...{ recordId, state: 'present' as const, addresses: [address] },
    })),
  );
  await tx.insert(ticket).values(
    of(({ ids, ticketId }) => ({
      ...{ id: ids.ticket, workspaceId, connectionId, externalId: ticketId, contactId: ids.contact },
      ...{ state: 'resolved' as const, resolutions: 1, refreshedAt: now },
    })),
  );
  await tx.insert(resolution).values(
    of(({ ids, at }) => ({
      ...{ id: ids.resolution, workspaceId, ticketId: ids.ticket, n: 1, resolvedAt: at },
      ...{ exact: true, seenOpen: true, firstSeenAt: now },
    })),
  );
  await tx.insert(decision).values(
    of(({ ids }) => ({
      ...{ id: ids.decision, workspaceId, resolutionId: ids.resolution, surveyId, contactId: ids.contact },
      ...{ verdict: 'asked' as const, reason: 'asked', reasonParams: {}, decidedAt: now },
    })),
  );
  await tx.insert(invitation).values(
    of(({ ids, address }) => ({
      ...{
        id: randomBytes(16).toString('base64url'),
        workspaceId,
        connectionId,
        decisionId: ids.decision,
        surveyId,
        surveyVersion,
      },
      ...{ resolutionId: ids.resolution, ticketId: ids.ticket, contactId: ids.contact, email: address },
      ...{ status: 'scheduled' as const, dueAt: now, createdAt: now },
    })),
  );
}
