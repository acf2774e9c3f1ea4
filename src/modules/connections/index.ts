/**
 * Connected accounts: connects, checks, provisions and disconnects them, and stores their credentials. Owns the
 * tables `connection` and `credential`. Every module that calls a vendor gets its live connection from here.
 */
export {
  type ConnectionSource,
  type ConnectionsContext,
  createLiveConnections,
  type LiveConnection,
  type Offer,
} from './context.ts';
export { endCleared } from './disconnect.ts';
export { type Examination, examine } from './examine.ts';
export { guideFor } from './keys.ts';
export { missingFields } from './missing-fields.ts';
export { closeConnection, openConfigured, openRow, openSaved } from './open.ts';
export { provision } from './provision.ts';
export {
  backlogs,
  type ConnectionRow,
  dueConnections,
  findConnection,
  findConnections,
  listConnections,
  updateConnection,
} from './queries/connections.ts';
export { credentialPlace } from './queries/credentials.ts';
export { checkAgainAfterMs, noteFailure } from './refuse.ts';
export { reopenChanged } from './reopen.ts';
export { authorizationRoutes } from './routes/authorization.ts';
export { connectionRoutes } from './routes/connections.ts';
export { consentRoutes } from './routes/consent.ts';
export { fieldRoutes } from './routes/fields.ts';
export { pauseRoutes } from './routes/pause.ts';
export { statusInLabels, withSettingLabels } from './setting-labels.ts';
