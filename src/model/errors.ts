import { isoDuration } from './duration.ts';
import type { Distrust, ErrorMessage, MissingThing } from './messages/error-message.ts';
import { type FailureMessage, failureInLog } from './messages/failure-message.ts';
import type { FieldMessage, FieldProblem } from './messages/field-message.ts';

/**
 * The ways a thing can fail, sorted by who has to act next. Anything else that is thrown is a bug.
 *
 * A failure is a message of the area `errors`: what a caller outside may read is its `code` and `params`, put in words
 * at the edge. `detail` is for whoever debugs. Neither may carry a secret, an email address or a comment.
 */
export abstract class Failure extends Error {
  /** A stable word that logs and callers can match on. */
  readonly code: ErrorMessage['code'];
  readonly params: ErrorMessage['params'];

  constructor({ code, params }: ErrorMessage, options: { detail?: string; cause?: unknown } = {}) {
    super(options.detail ?? code, options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.params = params;
  }
}

/** The sender has to act: the request does not prove where it comes from. Answered with 401, nothing is kept. */
export class UntrustedWebhook extends Failure {
  /** For the log: the sender is not told. */
  readonly why: Distrust;

  constructor(why: Distrust) {
    super({ code: 'untrusted_webhook', params: {} }, { detail: why });
    this.why = why;
  }
}

type RequestErrorOptions = { problems?: readonly FieldProblem[]; cause?: unknown };

/** The caller has to act, and is told what to do and, where fields are to blame, which. */
export abstract class RequestError extends Failure {
  abstract readonly status: number;
  readonly problems: readonly FieldProblem[];

  constructor(message: ErrorMessage, { problems = [], ...options }: RequestErrorOptions = {}) {
    super(message, options);
    this.problems = problems;
  }
}

/** What was sent cannot be meant. */
export class BadRequest extends RequestError {
  readonly status = 400;
}

/** Whoever sent it may not do that. */
export class Forbidden extends RequestError {
  readonly status = 403;
}

/** It does not go with what is there now. */
export class Conflict extends RequestError {
  readonly status = 409;
}

export class TooLarge extends RequestError {
  readonly status = 413;
}

export class UnsupportedMediaType extends RequestError {
  readonly status = 415;

  constructor() {
    super({ code: 'unsupported_media_type', params: {} });
  }
}

/** It can be read, and cannot be done. */
export class Unprocessable extends RequestError {
  readonly status = 422;
}

/** It takes another system, which does not answer now. */
export class Unavailable extends RequestError {
  readonly status = 503;
}

/** What was asked for does not exist, or not for this caller. */
export class NotFound extends RequestError {
  readonly status = 404;

  constructor(what: MissingThing, options: { cause?: unknown } = {}) {
    super({ code: 'not_found', params: { what } }, options);
  }
}

type Limit = Extract<ErrorMessage, { code: 'too_many_requests' }>['params'];
type LimitKind = { kind: 'requests' | 'account' } | { kind: 'test_emails' | 'invitations'; max: number };

/** The caller has to wait; `Retry-After` says for how long. */
export class TooManyRequests extends RequestError {
  readonly status = 429;
  /** Milliseconds. */
  readonly retryAfter: number;

  /** @param limit which one was reached */
  constructor(retryAfter: number, limit: LimitKind = { kind: 'requests' }) {
    // Waiting for a part of a second is none.
    const wait = isoDuration(Math.ceil(retryAfter / 1000) * 1000);
    super({ code: 'too_many_requests', params: { ...limit, wait } as Limit });
    this.retryAfter = retryAfter;
  }
}

/** A request of which fields are wrong, and nothing else is to say. */
export function invalidInput(problems: readonly FieldProblem[]): BadRequest {
  return new BadRequest({ code: 'invalid_input', params: {} }, { problems });
}

/** The same of one field. */
export function invalidField(field: string, message: FieldMessage): BadRequest {
  return invalidInput([{ field, message }]);
}

/**
 * An outside system cannot serve us now: wait, then try again.
 *
 * `retryAfter` is in milliseconds and absent where the system did not say. `outcome` says whether a write may have
 * happened all the same: after a 429 it did not, after a time-out or a dropped line nobody knows.
 */
export class UpstreamBusy extends Failure {
  readonly retryAfter: number | undefined;
  readonly outcome: 'not_done' | 'unknown';
  /** Whether the answer was a server failure (5xx), which one bad record in a batch can also cause. */
  readonly serverFailed: boolean;
  /** How far it reaches: the whole connection waits, or only what this request was about. */
  readonly concerns: 'connection' | 'request';
  /** What is told of it. */
  readonly why: FailureMessage;

  constructor(
    why: FailureMessage,
    options: {
      retryAfter?: number;
      outcome?: 'not_done' | 'unknown';
      serverFailed?: boolean;
      concerns?: 'connection' | 'request';
      cause?: unknown;
    } = {},
  ) {
    super({ code: 'upstream_busy', params: {} }, { detail: failureInLog(why), cause: options.cause });
    this.why = why;
    this.retryAfter = options.retryAfter;
    this.outcome = options.outcome ?? 'not_done';
    this.serverFailed = options.serverFailed ?? false;
    this.concerns = options.concerns ?? 'connection';
  }
}

/**
 * An outside system refuses us, and will until a person changes something: a key, a scope, a field.
 *
 * `concerns` tells how far it reaches: the whole connection (its work stops and the operator is told), or only this
 * one request, whose records can be tried one by one.
 */
export class UpstreamRefused extends Failure {
  readonly concerns: 'connection' | 'request';
  /** Whether our own provisioning may repair it (a missing field). */
  readonly repairable: boolean;
  /** What is told of it, with what to do about it. */
  readonly why: FailureMessage;

  constructor(
    why: FailureMessage,
    options: { concerns: 'connection' | 'request'; repairable?: boolean; cause?: unknown },
  ) {
    super({ code: 'upstream_refused', params: { why } }, { detail: failureInLog(why), cause: options.cause });
    this.why = why;
    this.concerns = options.concerns;
    this.repairable = options.repairable ?? false;
  }
}

/** What a call to an outside system ends with where it does not do what we ask. */
export type UpstreamFailure = UpstreamBusy | UpstreamRefused;

/**
 * A request to an outside system was not answered, or not in whole. Connectors say what that means of their call, as
 * `UpstreamBusy`: this alone is never what a flow meets.
 */
export class NoAnswer extends Error {
  /** A code such as `ECONNRESET` or `TIMED_OUT`; never an address. */
  readonly reason: string;
  /** Whether the request certainly never arrived, so that what it asked for was not done. */
  readonly neverArrived: boolean;
  /** Whether the host's name could not be resolved. */
  readonly isUnresolved: boolean;

  constructor(reason: string, { isUnresolved = false }: { isUnresolved?: boolean } = {}) {
    super(`There was no answer (${reason}).`);
    this.name = 'NoAnswer';
    this.reason = reason;
    this.isUnresolved = isUnresolved;
    this.neverArrived = isUnresolved || neverConnected.has(reason);
  }
}

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** One thing wrong with a setting. */
export type SettingProblem = {
  /** Its key in the environment, or the file that it stands in. */
  setting: string;
  /** Where the setting names a file: what of it is wrong. */
  field?: string;
  message: FieldMessage;
  /** A value that would be right. */
  example?: string | undefined;
};

/** The operator has to act before the service can start: every problem at once. */
export class ConfigurationProblem extends Failure {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const detail = problems
      .map(({ setting, field, message }) => [setting, field, message.code].filter(Boolean).join(' '))
      .join(', ');
    super({ code: 'configuration_problem', params: {} }, { detail });
    this.problems = problems;
  }
}
