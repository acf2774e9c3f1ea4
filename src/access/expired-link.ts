import type { ErrorMessage } from '../domain/error-message.ts';
import { BadRequest } from '../errors.ts';

type Kind = Extract<ErrorMessage, { code: 'link_expired' }>['params']['kind'];

/** The answer to a link that is not ours, is too old, or was used. */
export function expiredLink(kind: Kind): BadRequest {
  return new BadRequest({ code: 'link_expired', params: { kind } });
}
