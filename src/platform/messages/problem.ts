import { STATUS_CODES } from 'node:http';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import type { Render } from './render.ts';

/** What every refusal answers, whoever answers it: RFC 9457, with the code and the parameters of its sentence. */
export function composeProblem(status: number, { code, params }: Pick<ErrorMessage, 'code' | 'params'>, say: Render) {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, code, params, detail: say('errors', { code, params }) };
}
