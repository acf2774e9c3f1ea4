import type { Examples } from './examples.ts';

const nothing = [{}] as const;
const why = { code: 'email.unreachable', params: { cause: 'ECONNREFUSED' } } as const;

export const eventExamples: Examples['events'] = {
  resolved: [
    { kind: 'asked', n: 1 },
    { kind: 'not_asked', n: 2 },
  ],
  still_resolved: nothing,
  requester_changed: nothing,
  outdated: nothing,
  ticket_open: nothing,
  ticket_reopened: nothing,
  ticket_gone: nothing,
  record_noted: nothing,
  record_gone: nothing,
  record_back: nothing,
  record_merged: nothing,
  no_tickets: nothing,
  no_connection: nothing,
  no_requester_yet: nothing,
  failed: [{ why }],
  internal: nothing,
  given_up: [{ why: { code: 'no_requester_yet', params: {} } }, { why: { code: 'failed', params: { why } } }],
};
