import { BadRequest } from '../../model/errors.ts';
import type { ErrorMessage } from '../../model/messages/error-message.ts';

type Kind = Extract<ErrorMessage, { code: 'link_expired' }>['params']['kind'];

/** The answer to a link that is not ours, is too old, or was used. */
export function expiredLink(kind: Kind): BadRequest {
  return new BadRequest({ code: 'link_expired', params: { kind } });
}
