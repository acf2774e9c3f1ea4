import { InvalidInput, TooManyRequests } from '../errors.ts';

/** Too many attempts and a factor that cannot be read say so themselves. */
export function refusalOf(
  { statusCode, message }: { statusCode: number; message: string },
  field: string,
): InvalidInput {
  const isOwn = statusCode === 429 || statusCode === 409;
  return new InvalidInput(isOwn ? message : `The ${field} is not right.`, {
    status: isOwn ? statusCode : 400,
    ...(isOwn ? {} : { problems: [{ field, problem: 'is not right' }] }),
  });
}

/** Better-auth's own limit answers with a header of its own and no code, ours with its form: makes both RFC 9457's. */
export function saysWhen(handler: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await handler(request);
    const { headers: sent } = answer;
    const seconds = Number(sent.get('x-retry-after') ?? sent.get('retry-after') ?? Number.NaN);
    if (answer.status !== 429 || Number.isNaN(seconds)) return answer;
    const { code, message } = new TooManyRequests(seconds * 1000);
    const { message: detail = message } = sent.has('retry-after')
      ? ((await answer.json()) as { message?: string })
      : {};
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
