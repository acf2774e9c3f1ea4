import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import {
  Failure as AnyFailure,
  type Failure,
  InvalidInput,
  NotFound,
  TooManyRequests,
  UntrustedWebhook,
  UpstreamBusy,
} from '../errors.ts';

/** RFC 9457. */
type Problem = {
  status: number;
  title: string;
  detail: string;
  /** A stable word that callers can match on. */
  code: string;
  problems?: InvalidInput['problems'];
};

/** Turns every failure into an answer that says what to do, and what is a bug into a 500 and a log line. */
export function failureAnswers(log: Logger): ErrorRequestHandler {
  return (failure: unknown, request, response, next) => {
    if (response.headersSent) {
      next(failure);
      return;
    }
    const problem = describe(failure);
    const about = {
      request: response.locals.requestId,
      method: request.method,
      route: routeOf(request),
      status: problem.status,
    };
    if (problem.status >= 500 && !(failure instanceof AnyFailure))
      log.error({ code: 'request.failed', ...about, err: failure }, 'A request failed.');
    else
      log.info(
        { code: 'request.refused', ...about, failure: problem.code, reason: reasonOf(failure) },
        'A request was turned away.',
      );
    if (failure instanceof TooManyRequests) {
      response.set('Retry-After', String(Math.max(1, Math.ceil(failure.retryAfter / 1000))));
    }
    answerProblem(response, problem);
  };
}

/** For what no route takes. */
export function noSuchPage(_request: Request, response: Response): void {
  answerProblem(response, describe(new NotFound('there is nothing at this address')));
}

/** The id of the request stands in the log line about it. */
export function answerProblem(response: Response, problem: Omit<Problem, 'title'>): void {
  const { requestId } = response.locals;
  const instance = typeof requestId === 'string' ? { instance: `urn:uuid:${requestId}` } : {};
  const full = { type: 'about:blank', ...titled(problem.status), ...problem, ...instance };
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(full));
}

function describe(failure: unknown): Problem {
  if (failure instanceof AnyFailure) return { ...statusOf(failure), detail: failure.publicMessage, code: failure.code };
  const status = statusOfParser(failure);
  if (status === 413)
    return { ...titled(413), detail: `The request is larger than ${limitOf(failure)}.`, code: 'too_large' };
  if (status !== undefined)
    return { ...titled(status), detail: 'The request could not be read.', code: 'invalid_input' };
  return { ...titled(500), detail: 'Something went wrong here. It was logged.', code: 'internal' };
}

function statusOf(failure: Failure): Pick<Problem, 'status' | 'title' | 'problems'> {
  if (failure instanceof UntrustedWebhook) return titled(401);
  if (failure instanceof InvalidInput) return { ...titled(failure.status), problems: failure.problems };
  if (failure instanceof NotFound) return titled(404);
  if (failure instanceof TooManyRequests) return titled(429);
  return titled(failure instanceof UpstreamBusy ? 503 : 502);
}

function titled(status: number): { status: number; title: string } {
  return { status, title: STATUS_CODES[status] ?? 'Error' };
}

/** Express's own parsers throw errors with a status; a client that goes away in the middle is one of them. */
function statusOfParser(failure: unknown): number | undefined {
  const status = failure instanceof Error && 'status' in failure ? Number(failure.status) : Number.NaN;
  return status >= 400 && status < 500 ? status : undefined;
}

/** In bytes, as the parser has it. */
function limitOf(failure: unknown): string {
  const limit = failure instanceof Error && 'limit' in failure ? Number(failure.limit) : Number.NaN;
  if (Number.isNaN(limit)) return 'it may be';
  return limit >= 1024 ** 2 ? `${Math.floor(limit / 1024 ** 2)} MB` : `${Math.floor(limit / 1024)} kB`;
}

function reasonOf(failure: unknown): string | undefined {
  return failure instanceof AnyFailure ? failure.message : undefined;
}

/** The pattern, never the path: a path may hold a link's token. */
function routeOf(request: Request): string {
  const pattern: unknown = request.route?.path;
  return typeof pattern === 'string' ? pattern : (/^\/[a-z]*/u.exec(request.path)?.[0] ?? '/');
}
