import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { Failure, NotFound, RequestError, TooManyRequests } from '../../model/errors.ts';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import { createRender } from '../messages/render.ts';
import type { Caller } from './caller.ts';
import { requestLanguage } from './messages.ts';
import { asDocument, failureStatus, logged, type ProblemDocument } from './problem.ts';

/** Turns every failure into an answer that says what to do, and what is a bug into a 500 and a log line. */
export function failureAnswers(log: Logger): ErrorRequestHandler {
  return (failure: unknown, request, response, next) => {
    if (response.headersSent) {
      next(failure);
      return;
    }
    const problem = describe(failure, sayTo(request, response));
    const about = {
      request: response.locals.requestId,
      method: request.method,
      route: routeOf(request),
      status: problem.status,
    };
    const { code: refusal, params } = problem;
    if (problem.status >= 500 && !(failure instanceof Failure))
      log.error({ code: 'request.failed', ...about, err: failure }, 'A request failed.');
    else
      log.info(
        { code: 'request.refused', ...about, failure: refusal, params, ...logged(failure) },
        'A request was turned away.',
      );
    if (failure instanceof TooManyRequests) {
      response.set('Retry-After', String(Math.max(1, Math.ceil(failure.retryAfter / 1000))));
    }
    send(response, problem);
  };
}

/** For what no route takes. */
export function noSuchPage(request: Request, response: Response): void {
  answerError(request, response, 404, new NotFound('address'));
}

/** Answers with an error that was not thrown. */
export function answerError(
  request: Request,
  response: Response,
  status: number,
  message: Pick<ErrorMessage, 'code' | 'params'>,
): void {
  send(response, asDocument(status, message, sayTo(request, response)));
}

/** The id of the request stands in the log line about it. */
function send(response: Response, problem: ProblemDocument): void {
  const { requestId } = response.locals;
  const instance = typeof requestId === 'string' ? { instance: `urn:uuid:${requestId}` } : {};
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem, ...instance }));
}

function sayTo(request: Request, response: Response) {
  const caller = response.locals.caller as Caller | undefined;
  return createRender({ language: requestLanguage(request, caller) });
}

function describe(failure: unknown, say: ReturnType<typeof createRender>): ProblemDocument {
  if (failure instanceof Failure) {
    return asDocument(failureStatus(failure), failure, say, failure instanceof RequestError ? failure.problems : []);
  }
  const status = statusOfParser(failure);
  if (status === 413) return asDocument(413, { code: 'too_large', params: limitOf(failure) }, say);
  return status === undefined
    ? asDocument(500, { code: 'internal', params: {} }, say)
    : asDocument(status, { code: 'unreadable', params: {} }, say);
}

/** Express's own parsers throw errors with a status; a client that goes away in the middle is one of them. */
function statusOfParser(failure: unknown): number | undefined {
  const status = failure instanceof Error && 'status' in failure ? Number(failure.status) : Number.NaN;
  return status >= 400 && status < 500 ? status : undefined;
}

/** In bytes, as the parser has it. */
function limitOf(failure: unknown): Extract<ErrorMessage, { code: 'too_large' }>['params'] {
  const limit = failure instanceof Error && 'limit' in failure ? Number(failure.limit) : Number.NaN;
  return Number.isNaN(limit) ? { kind: 'unknown' } : { kind: 'limit', limit };
}

/** The pattern, never the path: a path may hold a link's token. */
function routeOf(request: Request): string {
  const pattern: unknown = request.route?.path;
  return typeof pattern === 'string' ? pattern : (/^\/[a-z]*/u.exec(request.path)?.[0] ?? '/');
}
