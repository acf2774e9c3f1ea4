import { UpstreamBusy } from '../../src/errors.ts';

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
 * Asks once and reads the whole answer within `timeout` milliseconds. Redirects are not followed: they would carry our
 * credentials to another address.
 *
 * @throws UpstreamBusy when there is no complete answer; a write may then have happened
 */
export async function exchange(url: string, request: OutgoingRequest, timeout: number): Promise<Answer> {
  const { method, headers, body } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, ...readContent(text) };
  } catch (error) {
    throw new UpstreamBusy(`${routeOf(method, url)} got no answer from Zendesk: ${reasonOf(error, timeout)}`, {
      outcome: method === 'GET' ? 'not done' : 'unknown',
    });
  }
}

/** A request in a form that may be logged: no query (it may hold an address), no id. */
export function routeOf(method: string, url: string): string {
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

/** Only the code: messages of the network layer may quote the address that was called. */
function reasonOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError') return `nothing within ${timeout / 1000} s`;
  const { code } = (error.cause ?? error) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
