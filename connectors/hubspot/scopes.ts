/**
 * What the app asks for. All of it at once: each scope that is added later makes every admin consent again.
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
export const optionalScopes = [
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.schemas.companies.read',
  'crm.schemas.companies.write',
  'crm.lists.read',
  'communication_preferences.read',
  'crm.objects.feedback_submissions.read',
] as const;
