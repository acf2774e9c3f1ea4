import { NotFound } from '../../../model/errors.ts';
import { noteChange } from '../../../platform/audit/queries.ts';
import { answerPlace } from '../../../platform/idempotency/queries.ts';
import type { ContactsContext } from '../context.ts';
import { liftAddressStates } from '../queries/address-states.ts';
import { deleteContact, lockForErasure } from '../queries/erasure.ts';
import { suppress } from '../queries/suppressions.ts';
import { deleteTraces } from '../queries/traces.ts';

/**
 * Deletes everything we hold on a contact, at once and for good, and remembers by a keyed hash of each address not to
 * ask them again. Fields on their records, and marks on their tickets, are cleared as scores are written: as soon as
 * each vendor lets us, with nothing kept for it but the record's id.
 *
 * @param of.contactId theirs, or that of somebody who turned out to be them
 * @param of.because whether they asked for it, or their vendor has erased them already
 * @param of.actor the id of the user or key who does it, or of the connection whose vendor did; for the audit
 * @param of.gone the record link whose record is no more, where a vendor has erased it
 * @throws NotFound
 */
export async function eraseContact(
  { database, clock, wake, log, addressHashes, encryption }: ContactsContext,
  of: {
    workspaceId: string;
    contactId: string;
    because: 'request' | 'vendor';
    actor: string;
    gone?: string;
  },
): Promise<void> {
  const { workspaceId, contactId, because, actor, gone } = of;
  const now = clock();
  const outOfSync = await database.transaction(async (tx) => {
    const contact = await lockForErasure(tx, workspaceId, contactId);
    if (!contact) throw new NotFound('contact');
    const hashes = contact.addresses.map((address) => addressHashes.of(address)[0]);
    await suppress(
      tx,
      hashes.map((hash) => ({ workspaceId, hash, reason: 'erased' as const, at: now })),
    );
    await liftAddressStates(tx, workspaceId, contact.addresses);
    await deleteTraces(tx, contact, (answer, key) =>
      typeof answer === 'string'
        ? (encryption.decrypt(answer, answerPlace({ workspaceId, key })) ?? '')
        : JSON.stringify(answer),
    );
    const connections = await deleteContact(tx, contact, new Set(gone === undefined ? [] : [gone]), now);
    const noted = { workspaceId, actor, action: 'contact.erase', subject: contact.ids[0], at: now };
    await noteChange(tx, { ...noted, detail: { because, addresses: hashes.length } });
    return connections;
  });
  log.info({ code: 'contact.erased', because, connections: outOfSync }, 'A contact was erased.');
  for (const connectionId of outOfSync) await wake('write', connectionId);
}
