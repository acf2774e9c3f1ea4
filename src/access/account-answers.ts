import { InvalidInput, TooManyRequests } from '../errors.ts';

/** Milliseconds for which better-auth locks a second factor after ten wrong codes; it does not say how many are left. */
const factorLock = 900_000;

/** Seconds to wait, as an answer of better-auth's own limit says it, or one of ours. */
function secondsIn(headers: Headers): number {
  const sent = Number(headers.get('x-retry-after') ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isNaN(sent) ? factorLock / 1000 : sent;
}

/** Too many attempts and a factor that cannot be read say so themselves. */
export function refusalOf(
  {
    statusCode,
    message,
    headers,
  }: { statusCode: number; message: string; headers: ConstructorParameters<typeof Headers>[0] },
  field: string,
): InvalidInput | TooManyRequests {
  if (statusCode === 429) return new TooManyRequests(secondsIn(new Headers(headers)) * 1000, message);
  if (statusCode === 409) return new InvalidInput(message, { status: 409 });
  return new InvalidInput(`The ${field} is not right.`, { problems: [{ field, problem: 'is not right' }] });
}

/** Better-auth's own limits answer with a header of their own or none, ours with its form: makes all RFC 9457's. */
export function saysWhen(handler: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await handler(request);
    if (answer.status !== 429) return answer;
    const seconds = secondsIn(answer.headers);
    const { code, message } = new TooManyRequests(seconds * 1000);
    const { message: detail = message } = answer.headers.has('x-retry-after')
      ? {}
      : ((await answer.json()) as { message?: string });
    const problem = { type: 'about:blank', status: 429, title: 'Too Many Requests', detail, code };
    const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': String(seconds) };
    return new Response(JSON.stringify(problem), { status: 429, headers });
  };
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
