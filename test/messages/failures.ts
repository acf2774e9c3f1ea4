import type { Examples } from './examples.ts';

const nothing = [{}] as const;
const status = '550 5.7.1';
const setting = 'SMTP_URL';
const bySender = [
  { kind: 'usual', status },
  { kind: 'survey', status: '' },
] as const;

export const failureExamples: Examples['failures'] = {
  'email.credentials': [
    { status, setting },
    { status: '', setting },
  ],
  'email.relay_denied': [{ status, setting }],
  'email.account_blocked': [{ status, setting }],
  'email.address_not_public': [{ setting: 'smtpUrl' }],
  'email.sender_refused': bySender,
  'email.sender_unauthenticated': bySender,
  'email.refused': [{ status }],
  'email.too_large': [{ status: '' }],
  'email.recipient_refused': [{ status }],
  'email.mailbox_busy': [{ status }],
  'email.throttled': [{ status }],
  'email.unavailable': [{ status }],
  'email.unreachable': [{ cause: 'ECONNREFUSED' }],
  'email.address_invalid': nothing,
  'email.smtputf8_missing': nothing,
  'email.stopping': nothing,
  'email.not_set': nothing,
  'email.slow': nothing,
  'upstream.untold': [{ said: 'Acme answered 400' }],
  'email.refuses_everybody': [{ why: { code: 'email.recipient_refused', params: { status } } }],
};
