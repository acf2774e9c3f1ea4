import { Router } from 'express';
import { type Account, timestamp } from './account.ts';
import { admitAdmins } from './authentication.ts';
import { readId, readQuery } from './reading.ts';
import { recordNotFound } from './refusals.ts';

/**
 * Users who were deleted or went up in another one; of those deleted permanently nothing is left but that. A user who
 * is active is not among them, like one who never was.
 *
 * @see https://developer.zendesk.com/api-reference/ticketing/users/users/#show-deleted-user
 */
export function createDeletedUserRoutes(account: Account): Router {
  const routes = Router();
  routes.use('/deleted_users', admitAdmins);

  routes.get('/deleted_users/:id', (request, response) => {
    readQuery(request, []);
    const id = readId(request.params.id);
    const forGood = account.permanentlyDeleted.has(id);
    const user = account.users.get(id);
    if (!forGood && (!user || user.active)) throw recordNotFound();
    response.json({
      deleted_user: {
        id,
        name: user?.name ?? 'Permanently Deleted User',
        email: user?.identities[0]?.address ?? null,
        active: false,
        permanently_deleted: forGood,
        updated_at: timestamp(user?.updatedAt ?? account.clock()),
      },
    });
  });

  return routes;
}
