import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { ContactSnapshot } from '../../../model/contact.ts';
import { type Queryable, rows } from '../../../platform/database/database.ts';
import { recordLink } from '../../records/tables.ts';
import { contact, contactEmail } from '../tables.ts';
import { addressesIn } from './merges.ts';

type InConnection = { workspaceId: string; connectionId: string };

/**
 * Remembers which addresses a linked record shows. One that it shows no more is given up by its contact, unless another
 * of their records still shows it: whoever has it next is somebody else, and must not be taken for them.
 */
export async function noteAddresses(tx: Queryable, of: InConnection, snapshot: ContactSnapshot): Promise<void> {
  const shown = addressesIn(snapshot);
  const [link] = await tx
    .select({ id: recordLink.id, contactId: recordLink.contactId, addresses: recordLink.addresses })
    .from(recordLink)
    .where(and(eq(recordLink.connectionId, of.connectionId), eq(recordLink.recordId, snapshot.id)));
  if (!link || isSame(link.addresses, shown)) return;
  await tx
    .update(recordLink)
    .set({ addresses: [...shown] })
    .where(eq(recordLink.id, link.id));
  const lost = link.addresses.filter((address) => !shown.includes(address));
  if (lost.length === 0) return;
  await tx.delete(contactEmail).where(
    and(
      eq(contactEmail.workspaceId, of.workspaceId),
      eq(contactEmail.contactId, link.contactId),
      inArray(contactEmail.address, lost),
      sql`not exists (select 1 from ${recordLink} o where o.contact_id = ${link.contactId} and o.id <> ${link.id}
                        and o.state in ('present', 'ambiguous') and o.addresses ? ${contactEmail.address})`,
    ),
  );
}

export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((address) => other.includes(address));
}

/** The records by which these addresses are somebody's, where the record that shows them now is nobody's yet. */
export async function findRecordsByAddress(
  db: Queryable,
  { workspaceId, connectionId }: InConnection,
  records: readonly ContactSnapshot[],
): Promise<{ connectionId: string; recordId: string }[]> {
  const shown = records.map((record) => ({ id: record.id, addresses: addressesIn(record) }));
  if (shown.every(({ addresses }) => addresses.length === 0)) return [];
  return rows<{ connectionId: string; recordId: string }>(
    db,
    sql`select distinct c.connection_id as "connectionId", c.record_id as "recordId"
        from jsonb_to_recordset(${JSON.stringify(shown)}::jsonb) as s(id text, addresses jsonb)
        cross join lateral jsonb_array_elements_text(s.addresses) as a(address)
        join ${contactEmail} e on e.workspace_id = ${workspaceId} and e.address = a.address
        join ${recordLink} c on c.contact_id = e.contact_id and c.state in ('present', 'ambiguous') and c.addresses ? a.address
        where not exists (select 1 from ${recordLink} o where o.connection_id = ${connectionId} and o.record_id = s.id)`,
  );
}

/** Those of these contacts of whom this connection may have a record that was not looked for since then. */
export async function notSearched(
  db: Queryable,
  connectionId: string,
  contactIds: readonly string[],
  since: Date,
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const known = await db
    .selectDistinct({ contactId: recordLink.contactId })
    .from(recordLink)
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        inArray(recordLink.contactId, [...contactIds]),
        or(
          inArray(recordLink.state, ['present', 'ambiguous']),
          sql`${recordLink.searchedAt} >= ${since.toISOString()}::timestamptz`,
        ),
      ),
    );
  const done = new Set(known.map(({ contactId }) => contactId));
  return contactIds.filter((id) => !done.has(id));
}

/**
 * This connection was asked for these contacts by their addresses; whom it knows is linked already, and whoever was
 * erased meanwhile is left out.
 */
export async function markSearched(
  tx: Queryable,
  { workspaceId, connectionId }: InConnection,
  contactIds: readonly string[],
  now: Date,
): Promise<void> {
  if (contactIds.length === 0) return;
  await tx.execute(
    sql`insert into ${recordLink} (id, workspace_id, connection_id, contact_id, state)
        select gen_random_uuid(), ${workspaceId}, ${connectionId}::uuid, p.id, 'searching'
        from jsonb_to_recordset(${JSON.stringify(contactIds.map((id) => ({ id })))}::jsonb) as p(id uuid)
        join ${contact} on ${contact.id} = p.id
        where not exists (select 1 from ${recordLink} c where c.connection_id = ${connectionId}::uuid and c.contact_id = p.id)
        for key share of ${contact}`,
  );
  await tx
    .update(recordLink)
    .set({ searchedAt: now })
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        inArray(recordLink.contactId, [...contactIds]),
        or(isNull(recordLink.searchedAt), lt(recordLink.searchedAt, now)),
      ),
    );
}
