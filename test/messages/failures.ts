import type { Examples } from './examples.ts';

const nothing = [{}] as const;
const status = '550 5.7.1';
const setting = 'SMTP_URL';
const answered = { system: 'Acme', status: 403, said: 'GET /users FORBIDDEN' };
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
  'email.refuses_all': [{ why: { code: 'email.recipient_refused', params: { status } } }],
  'upstream.credentials_refused': [answered],
  'upstream.forbidden': [answered],
  'upstream.refused': [answered],
  'upstream.throttled': [answered, { ...answered, said: '' }],
  'upstream.locked': [answered],
  'upstream.server_failed': [answered],
  'upstream.unreadable': [answered],
  'upstream.fields_missing': [answered],
  'upstream.no_answer': [
    { system: 'Acme', said: '', reason: 'TIMED_OUT' },
    { system: 'Acme', said: 'GET /users', reason: 'ECONNREFUSED' },
  ],
  'upstream.no_token': [{ system: 'Acme', status: 200 }],
  'upstream.address_not_public': nothing,
  'upstream.waiting': nothing,
  'upstream.probing': nothing,
  'upstream.stopping': nothing,
  'upstream.other_process': nothing,
  'upstream.secret_unknown': nothing,
  'upstream.account_unknown': nothing,
  'upstream.erased_record_stands': nothing,
  'upstream.mark_stands': [{ record: '7', field: 'do_not_survey', said: '403 FORBIDDEN' }],
  'account.unopened': nothing,
  'account.stopped': nothing,
  'account.other_opened': [{ is: '42', was: '7' }],
  'account.taken': [{ account: '42' }],
  'writes.off': nothing,
  'writes.paused': [{ kind: 'connection' }, { kind: 'everything' }],
  internal: nothing,
};
