/** In which header the id of our request stands for better-auth; whatever a visitor sends in it is replaced. */
export const requestHeader = 'x-request-of-ours';

/** By what the provider goes in addresses: `/api/auth/callback/oidc`. */
export const providerId = 'oidc';

/** In which header the visitor's address stands for better-auth; whatever a visitor sends in it is replaced. */
export const addressHeader = 'x-visitor-address';

/** What of better-auth can be reached from outside; whatever is not here is closed, signing up above all. */
export const openPaths: readonly string[] = [
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
  '/two-factor/disable',
];

/** The same for who comes from an identity provider. */
export const singleSignOnPaths: readonly string[] = ['/sign-in/social', `/callback/${providerId}`];
