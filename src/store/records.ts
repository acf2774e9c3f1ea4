import { randomUUID } from 'node:crypto';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { ContactSnapshot } from '../domain/contact.ts';
import { hasScore, markAllBehind } from './copies.ts';
import { type Queryable, rows } from './database.ts';
import { connection, contactEmail, copy, score } from './tables/index.ts';

type OfPerson = { workspaceId: string; connectionId: string; contactId: string };

/**
 * Remembers that this record is this person's, in the place of a record that was only wished for. A new link is
 * behind, and so is a record that came back: whatever score the person has is still to be written there.
 *
 * @param ambiguous whether another person could be meant as well: then it is not written until the two are joined
 */
export async function linkRecord(
  tx: Queryable,
  of: OfPerson,
  { id: externalId, doNotSurvey = false }: Pick<ContactSnapshot, 'id' | 'doNotSurvey'>,
  now: Date,
  ambiguous = false,
): Promise<void> {
  const known = { state: ambiguous ? ('ambiguous' as const) : ('present' as const), doNotSurvey };
  const cameBack = and(ne(copy.state, 'present'), ne(copy.state, 'ambiguous'), hasScore);
  const [linked] = await tx
    .update(copy)
    .set({
      doNotSurvey,
      state: sql`case when ${copy.state} = 'ambiguous' then 'ambiguous' else 'present' end`,
      dueAt: sql`case when ${cameBack} then ${now.toISOString()}::timestamptz else ${copy.dueAt} end`,
    })
    .where(and(eq(copy.connectionId, of.connectionId), eq(copy.externalId, externalId)))
    .returning({ contactId: copy.contactId });
  if (linked) {
    if (linked.contactId !== of.contactId) await giveUpWish(tx, of);
    return;
  }
  const dueAt = !ambiguous && (await isScored(tx, of.contactId)) ? now : null;
  const outcome = ambiguous ? ({ code: 'ambiguous', params: {} } as const) : null;
  const [wished] = await tx
    .select({ id: copy.id })
    .from(copy)
    .where(wishOf(of, ['wanted', 'absent']))
    .limit(1);
  if (wished) {
    await tx
      .update(copy)
      .set({ ...known, externalId, outcome, dueAt, claimedUntil: null, attempts: 0 })
      .where(eq(copy.id, wished.id));
  } else {
    await tx.insert(copy).values({ id: randomUUID(), ...of, externalId, ...known, outcome, dueAt });
  }
}

/** A record that was wished for and found, with the addresses that it shows. */
export type FoundRecord = { id: string; externalId: string; doNotSurvey: boolean; addresses: readonly string[] };

/**
 * Links many at once where nothing speaks against it: the record is nobody's yet, and no other person has one of its
 * addresses. @returns the copies that were linked
 */
export async function linkWished(db: Queryable, found: readonly FoundRecord[]): Promise<ReadonlySet<string>> {
  if (found.length === 0) return new Set();
  const linked = await rows<{ id: string }>(
    db,
    sql`update ${copy} c set external_id = f."externalId", state = 'present', do_not_survey = f."doNotSurvey",
               addresses = f.addresses, outcome = null, claimed_until = null, attempts = 0
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
             as f(id uuid, "externalId" text, "doNotSurvey" boolean, addresses jsonb)
        where c.id = f.id and c.state = 'wanted'
          and not exists (select 1 from ${copy} o
                          where o.connection_id = c.connection_id and o.external_id = f."externalId")
          and not exists (select 1 from jsonb_array_elements_text(f.addresses) as shown(address)
                          join ${contactEmail} e on e.workspace_id = c.workspace_id and e.address = shown.address
                          where e.contact_id <> c.contact_id)
        returning c.id`,
  );
  return new Set(linked.map(({ id }) => id));
}

/** The record with their address is another person's: it stays so until somebody joins the two. */
async function giveUpWish(tx: Queryable, of: OfPerson): Promise<void> {
  await tx
    .update(copy)
    .set({ state: 'absent', dueAt: null, claimedUntil: null, outcome: { code: 'other_owner', params: {} } })
    .where(wishOf(of, ['wanted']));
}

function wishOf({ connectionId, contactId }: OfPerson, states: ('wanted' | 'absent')[]) {
  return and(eq(copy.connectionId, connectionId), eq(copy.contactId, contactId), inArray(copy.state, states));
}

async function isScored(tx: Queryable, contactId: string): Promise<boolean> {
  const found = await tx.select({ id: score.contactId }).from(score).where(eq(score.contactId, contactId));
  return found.length > 0;
}

/** Every connection of the workspace that takes scores has a copy of these people, known or yet to be found. */
export async function ensureCopies(tx: Queryable, workspaceId: string, contactIds: readonly string[]): Promise<void> {
  await tx.execute(
    sql`insert into ${copy} (id, workspace_id, connection_id, contact_id, state)
        select gen_random_uuid(), n.workspace_id, n.id, p.id, 'wanted'
        from ${connection} n, jsonb_to_recordset(${JSON.stringify(contactIds.map((id) => ({ id })))}::jsonb) as p(id uuid)
        where n.workspace_id = ${workspaceId} and n.writes and n.status <> 'retired' and not exists (
          select 1 from ${copy} c where c.connection_id = n.id and c.contact_id = p.id)`,
  );
}

/**
 * Everybody with a score has a copy in this connection and is behind there: it takes scores from now on, or does so
 * again.
 */
export async function wishForAll(
  db: Queryable,
  { workspaceId, connectionId }: { workspaceId: string; connectionId: string },
  now: Date,
): Promise<void> {
  await db.execute(
    sql`insert into ${copy} (id, workspace_id, connection_id, contact_id, state)
        select gen_random_uuid(), s.workspace_id, ${connectionId}, s.contact_id, 'wanted' from ${score} s
        where s.workspace_id = ${workspaceId} and not exists (
          select 1 from ${copy} c where c.connection_id = ${connectionId} and c.contact_id = s.contact_id)`,
  );
  await markAllBehind(db, connectionId, now);
}
