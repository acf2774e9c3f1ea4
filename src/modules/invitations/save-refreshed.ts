import type { Queryable } from '../../platform/database/database.ts';
import { type ContactRow, ensureContact } from '../contacts/index.ts';
import type { DecisionCase } from '../decisions/index.ts';
import { findResolution, processTicket } from '../tickets/index.ts';
import type { InvitationsContext } from './context.ts';
import type { RecordsRead, RefreshedSource, TicketRead } from './refresh-due.ts';

export type SavedSource = {
  /** The connections that have something to write. */
  outOfSync: readonly string[];
  /** Whether a newer state is known already: it has to be read once more. */
  overtaken?: boolean;
  /** What is to be decided; nothing when there is nothing left of it. */
  about?: (contact: ContactRow) => DecisionCase;
};

/** Makes our picture what the vendors show. */
export async function saveRefreshed(
  tx: Queryable,
  context: InvitationsContext,
  read: RefreshedSource,
): Promise<SavedSource> {
  const { about, ...kept } = await ('ticket' in read ? saveTicket(tx, context, read) : saveRecords(tx, context, read));
  const { elsewhere = [], unseen = [] } = read;
  return about ? { ...kept, about: (contact) => ({ ...about(contact), elsewhere, unseen }) } : kept;
}

async function saveTicket(
  tx: Queryable,
  context: InvitationsContext,
  { invitation, ticket, connection, snapshot }: TicketRead,
): Promise<SavedSource> {
  const { externalId } = ticket;
  const { outOfSync = [], overtaken = false } = await processTicket(tx, context, connection, externalId, snapshot);
  const resolution = await findResolution(tx, invitation.resolutionId ?? '');
  if (!resolution) throw new Error('an invitation without its resolution');
  const about = snapshot && ((contact: ContactRow) => ({ connection, resolution, snapshot, contact }));
  return { outOfSync, overtaken, ...(about ? { about } : {}) };
}

async function saveRecords(
  tx: Queryable,
  context: InvitationsContext,
  { surveyRequest, shown }: RecordsRead,
): Promise<SavedSource> {
  const outOfSync: string[] = [];
  for (const { connection, record } of shown) {
    const of = { workspaceId: connection.workspaceId, connectionId: connection.id };
    outOfSync.push(...(await ensureContact(tx, of, record, context.clock())).outOfSync);
  }
  const records = shown.map(({ record }) => record);
  return { outOfSync, about: (contact) => ({ surveyRequest, contact, records, connection: shown[0]?.connection }) };
}
