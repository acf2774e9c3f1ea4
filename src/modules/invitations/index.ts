/**
 * Schedules, sends, reminds of and withdraws invitations, and records bounces. Owns the tables `invitation`,
 * `intent`, `address_state` and `email_server`. Resolved tickets, survey requests and the jobs
 * `recheck` and `send` call it.
 */
export { createBrandEmail } from './brand-email.ts';
export type { InvitationsContext } from './context.ts';
export { decideResolution } from './decide-resolution.ts';
export { createEmailTemplates } from './email/rendered-templates.ts';
export { brandServerStates, usualServerState } from './email-server.ts';
export { findInvitationBrand } from './invitation-brand.ts';
export { asInvitation, invitationItem, invitationStatus } from './items.ts';
export { createLinks, type LinkPurpose } from './links.ts';
export { previewEmail } from './preview.ts';
export { countDueEmails, nextRechecks, releaseClaimed } from './queries/due.ts';
export {
  expireInvitations,
  findInvitation,
  type InvitationRow,
  lockInvitation,
  scheduledForContact,
  updateInvitation,
} from './queries/invitations.ts';
export { listInvitations } from './queries/list-invitations.ts';
export { listServers, listServersInUse, releaseLeaving } from './queries/sending.ts';
export { recheck } from './recheck.ts';
export { askRecord } from './request-survey.ts';
export { emailRoutes } from './routes/email.ts';
export { invitationListRoutes } from './routes/list.ts';
export { surveyRequestRoutes } from './routes/survey-requests.ts';
export { sendCleared } from './send-cleared.ts';
export { withdraw, withdrawTicket, withdrawUnpublished } from './withdraw.ts';
export { chooseTexts } from './write-email.ts';
