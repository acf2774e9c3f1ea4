/**
 * What the app asks for, and uses. All of it at once: each scope that is added later makes every admin consent again.
 *
 * The app's own file lists the same ones; HubSpot refuses an installation where the two differ.
 */
export const requiredScopes = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'tickets',
  'crm.objects.owners.read',
] as const;

/** An account that lacks one of these can still be connected. */
export const optionalScopes = ['crm.lists.read', 'conversations.read'] as const;
