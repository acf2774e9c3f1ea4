import { NotFound } from '../../errors.ts';
import { type ContactRow, findContact } from '../../store/contacts.ts';
import type { Context } from '../context.ts';

/** Whom in which workspace. */
export type PersonNamed = { workspaceId: string; id: string };

/** This person, or whom they turned out to be. @throws NotFound */
export async function findPerson(context: Context, { workspaceId, id }: PersonNamed): Promise<ContactRow> {
  const found = await findContact(context.database.db, id);
  if (found?.workspaceId !== workspaceId || found.erasedAt) throw new NotFound('there is no such person');
  return found.mergedInto === null ? found : findPerson(context, { workspaceId, id: found.mergedInto });
}
