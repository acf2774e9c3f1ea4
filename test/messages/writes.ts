import type { Examples } from './examples.ts';

const nothing = [{}] as const;
const why = { code: 'email.unreachable', params: { cause: 'ECONNREFUSED' } } as const;
const refused = { code: 'refused', params: { said: 'VALIDATION_ERROR INVALID_OPTION (nps_latest_category)' } } as const;

export const writeExamples: Examples['writes'] = {
  written: nothing,
  unknown: nothing,
  busy: nothing,
  not_taken: nothing,
  unread: nothing,
  batch_failed: nothing,
  not_searched: [{ why }],
  internal: nothing,
  refused: [refused.params, { said: '' }],
  locked: [{ kind: 'shared' }, { kind: 'protected' }, { kind: 'closed' }],
  fields_missing: nothing,
  failed: [{ why }],
  given_up: [{ why: refused }, { why: { code: 'failed', params: { why } } }],
  unknown_address: nothing,
  other_owner: nothing,
  ambiguous: nothing,
  gone: nothing,
  merged: nothing,
  followed: nothing,
  back: nothing,
  other_stands: nothing,
  marked: nothing,
  unmarked: nothing,
  unfinished: nothing,
  ticket_gone: nothing,
  marks_off: nothing,
};
