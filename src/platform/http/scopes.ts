import { z } from 'zod';

/** What a caller of the API may do. `read` is everything that can be seen, short of what only an admin may see. */
export const scope = z.enum([
  'read',
  'surveys:write',
  'invitations:write',
  'responses:write',
  'contacts:write',
  'connections:write',
  'metrics:read',
  'admin',
]);
export type Scope = z.infer<typeof scope>;

export const role = z.enum(['owner', 'admin', 'viewer']);
export type Role = z.infer<typeof role>;

const scopesOfRoles: Record<Role, readonly Scope[]> = {
  owner: scope.options,
  admin: scope.options,
  viewer: ['read'],
};

export function roleScopes(of: Role): ReadonlySet<Scope> {
  return new Set(scopesOfRoles[of]);
}
