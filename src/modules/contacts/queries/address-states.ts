import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { addressState } from '../../invitations/tables.ts';
import { contactEmail } from '../tables.ts';

/** Why no email is sent to an address. */
export type AddressState = typeof addressState.$inferSelect;

/** What is known of these addresses. @param addresses normalized */
export async function findAddressStates(
  db: Queryable,
  workspaceId: string,
  addresses: readonly string[],
): Promise<AddressState[]> {
  if (addresses.length === 0) return [];
  return db
    .select()
    .from(addressState)
    .where(and(eq(addressState.workspaceId, workspaceId), inArray(addressState.address, [...addresses])))
    .orderBy(asc(addressState.address), asc(addressState.kind));
}

/** The same of all addresses of a contact, former ones included. */
export function addressStatesOfContact(db: Queryable, contactId: string): Promise<Omit<AddressState, 'workspaceId'>[]> {
  const { address, kind, reason, at, invitationId } = addressState;
  return db
    .select({ address, kind, reason, at, invitationId })
    .from(addressState)
    .innerJoin(
      contactEmail,
      and(eq(contactEmail.workspaceId, addressState.workspaceId), eq(contactEmail.address, addressState.address)),
    )
    .where(eq(contactEmail.contactId, contactId))
    .orderBy(asc(address), asc(kind));
}

/** Saves that an address bounced or complained; the newest time stands. */
export async function addAddressState(tx: Queryable, state: AddressState): Promise<void> {
  const { workspaceId, address, kind, reason, at, invitationId } = state;
  await tx
    .insert(addressState)
    .values({ workspaceId, address, kind, reason, at, invitationId })
    .onConflictDoUpdate({
      target: [addressState.workspaceId, addressState.address, addressState.kind],
      set: { reason, at, invitationId },
    });
}

/** Forgets what was known of these addresses. @returns the kinds that were forgotten */
export async function liftAddressStates(
  tx: Queryable,
  workspaceId: string,
  addresses: readonly string[],
): Promise<AddressState['kind'][]> {
  if (addresses.length === 0) return [];
  const lifted = await tx
    .delete(addressState)
    .where(and(eq(addressState.workspaceId, workspaceId), inArray(addressState.address, [...addresses])))
    .returning({ kind: addressState.kind });
  return [...new Set(lifted.map(({ kind }) => kind))].sort();
}

/** Takes back the bounces that the emails of these invitations showed: they were not about the addresses. */
export async function liftBouncesFrom(tx: Queryable, invitationIds: readonly string[]): Promise<void> {
  if (invitationIds.length === 0) return;
  await tx
    .delete(addressState)
    .where(and(eq(addressState.kind, 'bounce'), inArray(addressState.invitationId, [...invitationIds])));
}
