/** The sections of the settings, in the order in which they are offered; `needs` is what one must be allowed to see it. */
export const sections = [
  { name: 'workspace', path: '/settings' },
  { name: 'email', path: '/settings/email' },
  { name: 'privacy', path: '/settings/privacy' },
  { name: 'pause', path: '/settings/pause' },
  { name: 'brands', path: '/surveys/brands' },
  { name: 'keys', path: '/settings/keys', needs: 'admin' },
  { name: 'audit', path: '/settings/audit', needs: 'admin' },
] as const;
