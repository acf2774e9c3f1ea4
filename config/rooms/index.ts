import { access } from './access.ts';
import { asking } from './asking.ts';
import { database } from './database.ts';
import { emailSettings } from './email.ts';
import { sandbox } from './sandbox.ts';
import { server } from './server.ts';
import { singleSignOn } from './single-sign-on.ts';

/** The settings of our own, room by room, in the order in which an operator meets them; `page` is where their docs are. */
export const rooms = [
  { title: 'Server', page: { title: 'Deployment', path: 'operations.md#deployment' }, settings: server },
  {
    title: 'Database and keys',
    page: { title: 'Replacing SECRET_KEY', path: 'operations.md#replacing-secret_key' },
    settings: database,
  },
  {
    title: 'Email',
    page: { title: 'Email deliverability', path: 'operations.md#email-deliverability' },
    settings: emailSettings,
  },
  {
    title: 'Surveys',
    page: { title: 'Surveys as a file', path: 'admin-guide.md#surveys-as-a-file' },
    settings: asking,
  },
  { title: 'API', page: { title: 'Authentication', path: 'api.md#authentication' }, settings: access },
  {
    title: 'Single sign-on',
    page: { title: 'Single sign-on', path: 'admin-guide.md#single-sign-on' },
    settings: singleSignOn,
  },
  { title: 'Sandbox', page: { title: 'Quickstart', path: 'quickstart.md' }, settings: sandbox },
] as const;

export const ownSettings = {
  ...server,
  ...database,
  ...emailSettings,
  ...asking,
  ...access,
  ...singleSignOn,
  ...sandbox,
};
