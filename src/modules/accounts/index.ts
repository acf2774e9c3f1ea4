/**
 * Users, sign-in, two-factor authentication, single sign-on, the audit log, API keys and the team. Owns the tables of
 * the schema `access`. The API calls it to identify who makes a request.
 */
export { type Access, createAccess } from './access.ts';
export { notifyOwner } from './account-emails.ts';
export { isInDomains, isOwnAddress, readOwnAddresses } from './own-addresses.ts';
export { findMemberships } from './queries/accounts.ts';
export { listMembers } from './queries/members.ts';
export { lockCount, nthTestToOthers } from './queries/outside-emails.ts';
export { ensureWorkspace } from './queries/workspaces.ts';
export { accountRoutes } from './routes/accounts.ts';
export { auditListRoutes } from './routes/audit.ts';
export { authentication } from './routes/authentication.ts';
export { joinRoutes } from './routes/join.ts';
export { keyRoutes } from './routes/keys.ts';
export { meRoutes } from './routes/me.ts';
export { passwordRoutes } from './routes/passwords.ts';
export { sessionRoutes } from './routes/sessions.ts';
export { teamRoutes } from './routes/team.ts';
