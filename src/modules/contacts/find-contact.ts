import { NotFound } from '../../model/errors.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { ContactsContext } from './context.ts';
import { type ContactRow, findContact } from './queries/contacts.ts';

/** Whom in which workspace. */
export type ContactReference = { workspaceId: string; id: string };

/** This contact, or whom they turned out to be. @throws NotFound */
export async function findReferencedContact(
  context: ContactsContext,
  { workspaceId, id }: ContactReference,
): Promise<ContactRow> {
  const found = await findStanding(context.database.db, id);
  if (found?.workspaceId !== workspaceId) throw new NotFound('contact');
  return found;
}

/** The same in whatever workspace; nothing of somebody erased. */
export async function findStanding(db: Queryable, id: string): Promise<ContactRow | undefined> {
  const found = await findContact(db, id);
  if (!found || found.erasedAt) return undefined;
  return found.mergedInto === null ? found : findStanding(db, found.mergedInto);
}
