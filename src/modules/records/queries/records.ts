import { randomUUID } from 'node:crypto';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { ContactSnapshot } from '../../../model/contact.ts';
import { type Queryable, rows } from '../../../platform/database/database.ts';
import { connection } from '../../connections/tables.ts';
import { contactEmail } from '../../contacts/tables.ts';
import { crmFields, recordLink } from '../tables.ts';
import { hasCrmFields, inSync, markAllOutOfSync } from './record-links.ts';

type OfContact = { workspaceId: string; connectionId: string; contactId: string };

/**
 * Remembers that this record is this contact's, in the place of a record that was only wished for. A new link is
 * out of sync, and so is a record that came back: whatever score the contact has is still to be written there.
 *
 * @param ambiguous whether another contact could be meant as well: then it is not written until the two are joined
 */
export async function linkRecord(
  tx: Queryable,
  of: OfContact,
  { id: recordId, doNotSurvey = false }: Pick<ContactSnapshot, 'id' | 'doNotSurvey'>,
  now: Date,
  ambiguous = false,
): Promise<void> {
  const known = { state: ambiguous ? ('ambiguous' as const) : ('present' as const), doNotSurvey };
  const cameBack = and(ne(recordLink.state, 'present'), ne(recordLink.state, 'ambiguous'), hasCrmFields);
  const [linked] = await tx
    .update(recordLink)
    .set({
      doNotSurvey,
      state: sql`case when ${recordLink.state} = 'ambiguous' then 'ambiguous' else 'present' end`,
      dueAt: sql`case when ${cameBack} then ${now.toISOString()}::timestamptz else ${recordLink.dueAt} end`,
    })
    .where(and(eq(recordLink.connectionId, of.connectionId), eq(recordLink.recordId, recordId)))
    .returning({ contactId: recordLink.contactId });
  if (linked) {
    if (linked.contactId !== of.contactId) await dropRequestedLink(tx, of);
    return;
  }
  const dueAt = !ambiguous && (await isScored(tx, of.contactId)) ? now : null;
  const outcome = ambiguous ? ({ code: 'ambiguous', params: {} } as const) : null;
  const [requested] = await tx
    .select({ id: recordLink.id })
    .from(recordLink)
    .where(linkInStates(of, ['searching', 'absent']))
    .limit(1);
  if (requested) {
    await tx
      .update(recordLink)
      .set({ ...known, recordId, outcome, dueAt, claimedUntil: null, attempts: 0 })
      .where(eq(recordLink.id, requested.id));
  } else {
    await tx.insert(recordLink).values({ id: randomUUID(), ...of, recordId, ...known, outcome, dueAt });
  }
}

/** A record that was wished for and found, with the addresses that it shows. */
export type FoundRecord = { id: string; recordId: string; doNotSurvey: boolean; addresses: readonly string[] };

/**
 * Links many at once where nothing speaks against it: the record is nobody's yet, and no other contact has one of its
 * addresses. @returns the record links that were linked
 */
export async function linkRequested(db: Queryable, found: readonly FoundRecord[]): Promise<ReadonlySet<string>> {
  if (found.length === 0) return new Set();
  const linked = await rows<{ id: string }>(
    db,
    sql`update ${recordLink} c set record_id = f."recordId", state = 'present', do_not_survey = f."doNotSurvey",
               addresses = f.addresses, outcome = null, claimed_until = null, attempts = 0
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
             as f(id uuid, "recordId" text, "doNotSurvey" boolean, addresses jsonb)
        where c.id = f.id and c.state = 'searching'
          and not exists (select 1 from ${recordLink} o
                          where o.connection_id = c.connection_id and o.record_id = f."recordId")
          and not exists (select 1 from jsonb_array_elements_text(f.addresses) as shown(address)
                          join ${contactEmail} e on e.workspace_id = c.workspace_id and e.address = shown.address
                          where e.contact_id <> c.contact_id)
        returning c.id`,
  );
  return new Set(linked.map(({ id }) => id));
}

/** The record with their address is another contact's: it stays so until somebody joins the two. */
async function dropRequestedLink(tx: Queryable, of: OfContact): Promise<void> {
  await tx
    .update(recordLink)
    .set({
      ...{ ...inSync, state: 'absent', claimedUntil: null },
      outcome: { code: 'other_owner', params: {} },
    })
    .where(linkInStates(of, ['searching']));
}

function linkInStates({ connectionId, contactId }: OfContact, states: ('searching' | 'absent')[]) {
  return and(
    eq(recordLink.connectionId, connectionId),
    eq(recordLink.contactId, contactId),
    inArray(recordLink.state, states),
  );
}

async function isScored(tx: Queryable, contactId: string): Promise<boolean> {
  const found = await tx.select({ id: crmFields.contactId }).from(crmFields).where(eq(crmFields.contactId, contactId));
  return found.length > 0;
}

/** Every connection of the workspace that takes scores has a record link of these contacts, known or yet to be found. */
export async function ensureRecordLinks(
  tx: Queryable,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> {
  await tx.execute(
    sql`insert into ${recordLink} (id, workspace_id, connection_id, contact_id, state)
        select gen_random_uuid(), n.workspace_id, n.id, p.id, 'searching'
        from ${connection} n, jsonb_to_recordset(${JSON.stringify(contactIds.map((id) => ({ id })))}::jsonb) as p(id uuid)
        where n.workspace_id = ${workspaceId} and n.write_back_enabled and n.status <> 'disconnected' and not exists (
          select 1 from ${recordLink} c where c.connection_id = n.id and c.contact_id = p.id)`,
  );
}

/**
 * Everybody with a score has a record link in this connection and is out of sync there: it takes scores from now on, or does so
 * again.
 */
export async function requestAllRecords(
  db: Queryable,
  { workspaceId, connectionId }: { workspaceId: string; connectionId: string },
  now: Date,
): Promise<void> {
  await db.execute(
    sql`insert into ${recordLink} (id, workspace_id, connection_id, contact_id, state)
        select gen_random_uuid(), s.workspace_id, ${connectionId}, s.contact_id, 'searching' from ${crmFields} s
        where s.workspace_id = ${workspaceId} and not exists (
          select 1 from ${recordLink} c where c.connection_id = ${connectionId} and c.contact_id = s.contact_id)`,
  );
  await markAllOutOfSync(db, connectionId, now);
}
