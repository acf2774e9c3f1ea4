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
} from './access.ts';
export { addressState } from './address-state.ts';
export { audit } from './audit.ts';
export { brand } from './brand.ts';
export { connection, credential, lease } from './connection.ts';
export { contact, contactEmail, contactKey } from './contact.ts';
export { decision, verdict } from './decision.ts';
export { dryRun } from './dry-run.ts';
export { emailServer } from './email-server.ts';
export { event, receivedEvent } from './event.ts';
export { idempotency } from './idempotency.ts';
export { intent, invitation } from './invitation.ts';
export { crmFields, recordLink } from './record-link.ts';
export { response } from './response.ts';
export { survey, surveyVersion } from './survey.ts';
export { surveyRequest } from './survey-request.ts';
export { resolution, ticket } from './ticket.ts';
export { suppression, unsubscription } from './unsubscription.ts';
export { workspace } from './workspace.ts';
