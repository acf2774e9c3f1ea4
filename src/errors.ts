import type { FailureMessage } from './domain/failure-message.ts';

/**
 * The seven ways a thing can fail, sorted by who has to act next. Anything else that is thrown is a bug.
 *
 * `message` is for the log and names the cause; `publicMessage` is what a caller outside may read.
 * Neither may carry a secret, an email address or a comment.
 */
export abstract class Failure extends Error {
  /** A stable word that logs and callers can match on. */
  abstract readonly code: string;
  readonly publicMessage: string;

  constructor(message: string, options: { publicMessage?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.publicMessage = options.publicMessage ?? message;
  }
}

/** The sender has to act: the request does not prove where it comes from. Answered with 401, nothing is kept. */
export class UntrustedWebhook extends Failure {
  readonly code = 'untrusted_webhook';

  constructor(message: string) {
    super(message, { publicMessage: 'This request is not signed by a system that is connected here.' });
  }
}

/** The caller has to act: names the field and the remedy. Answered with 400. */
export class InvalidInput extends Failure {
  readonly code: string;
  readonly status: number;
  readonly problems: readonly InputProblem[];

  /** @param options.code where callers and alerts tell it apart from all others */
  constructor(
    message: string,
    options: { problems?: readonly InputProblem[]; status?: number; code?: string; cause?: unknown } = {},
  ) {
    super(message, options);
    this.code = options.code ?? 'invalid_input';
    this.problems = options.problems ?? [];
    this.status = options.status ?? 400;
  }
}

/** The caller has to wait. Answered with 429 and, as `Retry-After`, for how long. */
export class TooManyRequests extends Failure {
  readonly code = 'too_many_requests';
  /** Milliseconds. */
  readonly retryAfter: number;

  /** @param remedy what else helps than to wait */
  constructor(retryAfter: number, remedy?: string) {
    const seconds = Math.ceil(retryAfter / 1000);
    super(
      remedy ?? `Too many requests: wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then send this one again.`,
    );
    this.retryAfter = retryAfter;
  }
}

/** One thing wrong with what was sent: the field's path and what to do about it. */
export type InputProblem = { field: string; problem: string };

/** What was asked for does not exist, or not for this caller. Answered with 404. */
export class NotFound extends Failure {
  readonly code = 'not_found';
}

/**
 * An outside system cannot serve us now: wait, then try again.
 *
 * `retryAfter` is in milliseconds and absent where the system did not say. `outcome` says whether a write may have
 * happened all the same: after a 429 it did not, after a time-out or a dropped line nobody knows.
 */
export class UpstreamBusy extends Failure {
  readonly code = 'upstream_busy';
  readonly retryAfter: number | undefined;
  readonly outcome: 'not done' | 'unknown';
  /** Whether the answer was a server failure (5xx), which one bad record in a batch can also cause. */
  readonly serverFailed: boolean;
  /** How far it reaches: the whole connection waits, or only what this request was about. */
  readonly concerns: 'connection' | 'request';
  /** What is told of it. */
  readonly why: FailureMessage | undefined;

  constructor(
    message: string,
    options: {
      retryAfter?: number;
      outcome?: 'not done' | 'unknown';
      serverFailed?: boolean;
      concerns?: 'connection' | 'request';
      why?: FailureMessage;
      cause?: unknown;
    } = {},
  ) {
    super(message, { publicMessage: 'A connected system is busy. It will be tried again.', cause: options.cause });
    this.retryAfter = options.retryAfter;
    this.outcome = options.outcome ?? 'not done';
    this.serverFailed = options.serverFailed ?? false;
    this.concerns = options.concerns ?? 'connection';
    this.why = options.why;
  }
}

/**
 * An outside system refuses us, and will until a person changes something: a key, a scope, a field.
 *
 * `concerns` tells how far it reaches: the whole connection (its work stops and the operator is told), or only this
 * one request, whose records can be tried one by one.
 */
export class UpstreamRefused extends Failure {
  readonly code = 'upstream_refused';
  readonly concerns: 'connection' | 'request';
  /** What the operator should do, as a sentence. */
  readonly remedy: string;
  /** Whether our own provisioning may repair it (a missing field). */
  readonly repairable: boolean;
  /** What is told of it. */
  readonly why: FailureMessage | undefined;

  constructor(
    message: string,
    options: {
      concerns: 'connection' | 'request';
      remedy: string;
      repairable?: boolean;
      why?: FailureMessage;
      cause?: unknown;
    },
  ) {
    super(message, { publicMessage: `A connected system refused: ${message}`, cause: options.cause });
    this.concerns = options.concerns;
    this.remedy = options.remedy;
    this.repairable = options.repairable ?? false;
    this.why = options.why;
  }

  /** What happened and what to do about it, for the operator. */
  get inWords(): string {
    return `${this.message.replace(/\.$/u, '')}. ${this.remedy}`;
  }
}

/**
 * A request to an outside system was not answered, or not in whole. Connectors say what that means of their call, as
 * `UpstreamBusy`: this alone is never what a flow meets.
 */
export class NoAnswer extends Error {
  /** A code such as `ECONNRESET`, or words such as `nothing within 20 s`; never an address. */
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

/** The operator has to act before the service can start: every problem at once, each with its key. */
export class ConfigurationProblem extends Failure {
  readonly code = 'configuration_problem';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}
