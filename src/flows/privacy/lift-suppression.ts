import { normalizeEmail } from '../../domain/contact.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { noteChange } from '../../store/audit.ts';
import { liftSuppressions } from '../../store/suppressions.ts';
import type { Context } from '../context.ts';

/**
 * This address may be asked again, though its person was erased or had unsubscribed: by their own wish, which is for
 * whoever enters the address to know.
 *
 * @throws InvalidInput when it is no address
 * @throws NotFound when nothing is remembered of it, or only under a secret key that is lost
 */
export async function liftSuppression(
  { database, clock, addressHashes }: Context,
  { workspaceId, address, actor }: { workspaceId: string; address: string; actor: string },
): Promise<void> {
  const normalised = normalizeEmail(address);
  if (normalised === undefined) {
    throw new InvalidInput('this is no email address', {
      problems: [{ field: 'address', problem: 'must be an email address' }],
    });
  }
  const hashes = addressHashes.of(normalised);
  await database.transaction(async (tx) => {
    const lifted = await liftSuppressions(tx, workspaceId, hashes);
    if (lifted === 0) throw new NotFound('this address is not suppressed');
    await noteChange(tx, { workspaceId, actor, action: 'suppression.lift', subject: hashes[0], at: clock() });
  });
}
