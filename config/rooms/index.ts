import { access } from './access.ts';
import { asking } from './asking.ts';
import { database } from './database.ts';
import { email } from './email.ts';
import { sandbox } from './sandbox.ts';
import { server } from './server.ts';
import { singleSignOn } from './single-sign-on.ts';

/** The settings of our own, room by room, in the order in which an operator meets them. */
export const rooms = [
  { title: 'Server', settings: server },
  { title: 'Database and keys', settings: database },
  { title: 'EmailTransport', settings: email },
  { title: 'Surveys', settings: asking },
  { title: 'API', settings: access },
  { title: 'Single sign-on', settings: singleSignOn },
  { title: 'Sandbox', settings: sandbox },
] as const;

export const ownSettings = { ...server, ...database, ...email, ...asking, ...access, ...singleSignOn, ...sandbox };
