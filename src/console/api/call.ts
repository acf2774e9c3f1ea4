import i18next from 'i18next';
import { askAgain } from './ask-again.ts';
import { Problem } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

type ApiRequest = {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Below `/api`, with the query as the server reads it. */
export function urlWithQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return `/api${path}${search.size > 0 ? `?${search}` : ''}`;
}

/**
 * Asks the API. Where it wants the password or second factor again, asks for that and repeats what was refused.
 *
 * @throws Problem when it refuses, or could not be reached (status 0)
 */
export async function call<Answer = void>(method: Method, path: string, request: ApiRequest = {}): Promise<Answer> {
  try {
    return await send<Answer>(method, path, request);
  } catch (failure) {
    const isStale = failure instanceof Problem && failure.code === 'fresh_sign_in_required';
    if (isStale && (await askAgain())) return send<Answer>(method, path, request);
    throw failure;
  }
}

async function send<Answer>(method: Method, path: string, request: ApiRequest): Promise<Answer> {
  const { query, body, signal } = request;
  const response = await fetch(urlWithQuery(path, query), {
    method,
    headers: {
      accept: 'application/json',
      // Before somebody has signed in it is the language that they chose here.
      'accept-language': i18next.language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((failure: unknown) => {
    if (signal?.aborted) throw failure;
    throw new Problem(0, {
      code: 'unreachable',
      detail: i18next.t('unreachable', { ns: 'parts' }),
    });
  });
  const text = await response.text();
  const answer = text === '' ? undefined : read(text);
  if (!response.ok) {
    const detail = i18next.t('unexpected', { ns: 'parts', status: response.status });
    throw new Problem(response.status, { detail, ...(answer as object | undefined) });
  }
  return answer as Answer;
}

/** What stands before us may answer something else than JSON. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
