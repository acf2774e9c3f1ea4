import type { Scope } from '../../platform/http/scopes.ts';

/** As the words call them: what stands before the colon says which. */
const names = {
  read: 'read',
  'surveys:write': 'surveys',
  'invitations:write': 'invitations',
  'responses:write': 'responses',
  'contacts:write': 'contacts',
  'connections:write': 'connections',
  'metrics:read': 'metrics',
  admin: 'admin',
} as const satisfies Record<Scope, string>;

export const scopeNames = Object.entries(names) as readonly [Scope, (typeof names)[Scope]][];

export const nameOfScope = (scope: string) => scopeNames.find(([known]) => known === scope)?.[1];
