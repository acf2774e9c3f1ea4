// A row with `due_at` says that something is to be done from then on; `claimed_until` that somebody is at it and until
// when nobody else should be.
export {
  accessSchema,
  account,
  apiKey,
  member,
  memberInvitation,
  organization,
  session,
  signInFailure,
  twoFactor,
  user,
  verification,
} from './modules/accounts/tables.ts';
export { connection, credential } from './modules/connections/tables.ts';
export { contact, contactEmail, contactKey, suppression, unsubscription } from './modules/contacts/tables.ts';
export { decision, surveyRequest, verdict } from './modules/decisions/tables.ts';
export { dryRun } from './modules/dry-run/tables.ts';
export { event, receivedEvent } from './modules/events/tables.ts';
export { addressState, emailServer, intent, invitation } from './modules/invitations/tables.ts';
export { crmFields, recordLink } from './modules/records/tables.ts';
export { reportCount, reportStale } from './modules/reports/tables.ts';
export { response } from './modules/responses/tables.ts';
export { brand, survey, surveyVersion } from './modules/surveys/tables.ts';
export { resolution, ticket } from './modules/tickets/tables.ts';
export { audit } from './platform/audit/tables.ts';
export { idempotency } from './platform/idempotency/tables.ts';
export { lease, worker } from './platform/workers/tables.ts';
export { workspace } from './platform/workspaces/tables.ts';
