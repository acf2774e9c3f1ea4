import type { FailureMessage } from '../src/model/messages/failure-message.ts';

type Said = 'throttled' | 'locked' | 'server_failed' | 'unreadable' | 'refused' | 'forbidden' | 'credentials_refused';

const statuses: Readonly<Record<Said, number>> = {
  throttled: 429,
  locked: 423,
  server_failed: 503,
  unreadable: 200,
  refused: 400,
  forbidden: 403,
  credentials_refused: 401,
};

/** Why a vendor does not do what it is asked, as its connector says it. */
export function vendorSays(what: Said): FailureMessage {
  return { code: `upstream.${what}`, params: { system: 'acme', status: statuses[what], said: '' } };
}
