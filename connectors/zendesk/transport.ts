import type { Send } from '../../src/connector.ts';
import { NoAnswer, UpstreamBusy } from '../../src/model/errors.ts';
import { system } from './messages.ts';

/** One answer of Zendesk's, whatever its status. */
export type Answer = {
  status: number;
  headers: Headers;
  /** The body, parsed; absent where there was none, or none that is JSON. */
  content?: unknown;
  /** Whether there was a body that is not JSON: a proxy's or a maintenance page. */
  unreadable: boolean;
};

export type OutgoingRequest = { method: string; headers: Record<string, string>; body?: string | undefined };

/**
 * Asks once and reads the whole answer within `timeout` milliseconds.
 *
 * @throws UpstreamBusy when there is no complete answer; a write may then have happened
 */
export async function exchange(send: Send, url: string, request: OutgoingRequest, timeout: number): Promise<Answer> {
  const { method, headers, body } = request;
  try {
    const answer = await send({ url, method, headers, timeout, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, headers: answer.headers, ...readContent(answer.text) };
  } catch (problem) {
    if (!(problem instanceof NoAnswer)) throw problem;
    throw new UpstreamBusy(
      { code: 'upstream.no_answer', params: { system, said: describeRoute(method, url), reason: problem.reason } },
      { outcome: method === 'GET' || problem.neverArrived ? 'not_done' : 'unknown' },
    );
  }
}

/** A request in a form that may be logged: no query (it may hold an address), no id. */
export function describeRoute(method: string, url: string): string {
  const path = new URL(url).pathname.replace(/^.*\/api\/v2(?=\/)/u, '');
  return `${method} ${path.replaceAll(/\/[^/]*\d[^/]*/gu, '/{id}')}`;
}

function readContent(text: string): Pick<Answer, 'content' | 'unreadable'> {
  if (text.trim() === '') return { unreadable: false };
  try {
    return { content: JSON.parse(text), unreadable: false };
  } catch {
    return { unreadable: true };
  }
}
