import { APIError } from 'better-auth/api';
import { BadRequest, Conflict, type RequestError, TooManyRequests } from '../../model/errors.ts';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import { chooseMessageLanguage } from '../../model/messages/languages.ts';
import { composeProblem } from '../../platform/messages/problem.ts';
import { createRender } from '../../platform/messages/render.ts';

/** Milliseconds for which better-auth locks a second factor after ten wrong codes; it does not say how many are left. */
const factorLock = 900_000;

/** Seconds to wait, as an answer of better-auth's own limit says it, or one of ours. */
function secondsIn(headers: Headers): number {
  const sent = Number(headers.get('x-retry-after') ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isNaN(sent) ? factorLock / 1000 : sent;
}

/** An error of ours where better-auth throws: `answersProblems` makes its answer one of RFC 9457. */
export function accountError(
  status: 'BAD_REQUEST' | 'UNAUTHORIZED' | 'FORBIDDEN' | 'CONFLICT' | 'TOO_MANY_REQUESTS',
  message: ErrorMessage,
  headers: Readonly<Record<string, string>> = {},
): APIError {
  return new APIError(status, { ...message, message: message.code }, headers);
}

/** Too many attempts and a factor that cannot be read say so themselves. */
export function refusalFrom(
  {
    statusCode,
    body,
    headers,
  }: { statusCode: number; body?: unknown; headers: ConstructorParameters<typeof Headers>[0] },
  field: string,
): RequestError {
  const own = ownMessage(body);
  if (statusCode === 429) {
    const wait = secondsIn(new Headers(headers)) * 1000;
    return new TooManyRequests(wait, { kind: own ? 'account' : 'requests' });
  }
  if (statusCode === 409 && own) return new Conflict(own);
  const problems = [{ field, message: { code: 'field.incorrect', params: {} } }] as const;
  return new BadRequest({ code: 'incorrect', params: { kind: field === 'code' ? 'code' : 'password' } }, { problems });
}

/**
 * Makes answers of ours, and of every limit, those of RFC 9457: better-auth's own limits answer with a header of their
 * own or none. What else better-auth refuses passes with its own codes.
 */
export function answersProblems(handler: (request: Request) => Promise<Response>): typeof handler {
  return async (request) => {
    const answer = await handler(request);
    if (answer.status < 400) return answer;
    const own = ownMessage(
      await answer
        .clone()
        .json()
        .catch(() => undefined),
    );
    const isLimit = answer.status === 429;
    if (!own && !isLimit) return answer;
    const headers = new Headers(answer.headers);
    headers.set('Content-Type', 'application/problem+json');
    headers.delete('Content-Length');
    if (isLimit) headers.set('Retry-After', String(secondsIn(answer.headers)));
    const message = own ?? new TooManyRequests(secondsIn(answer.headers) * 1000);
    const accepted = (request.headers.get('accept-language') ?? '').split(',').map((one) => one.split(';')[0] ?? '');
    const say = createRender({ language: chooseMessageLanguage(accepted) });
    const { status } = answer;
    return new Response(JSON.stringify(composeProblem(status, message, say)), { status, headers });
  };
}

/** What we threw has parameters; what better-auth throws has none. */
function ownMessage(body: unknown): ErrorMessage | undefined {
  if (typeof body !== 'object' || body === null || !('params' in body) || !('code' in body)) return undefined;
  const { code, params } = body;
  return { code, params } as ErrorMessage;
}

/**
 * A code for what better-auth logs, such as `invalid_origin` for `Invalid origin: https://…`: its own first words, up to
 * the sign behind which it quotes a value.
 */
export function codeOfMessage(message: string): string {
  const [words = ''] = /^[A-Za-z' -]{1,60}/u.exec(message) ?? [];
  return (
    words
      .trim()
      .toLowerCase()
      .replace(/[' -]+/gu, '_') || 'other'
  );
}
