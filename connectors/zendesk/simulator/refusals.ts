import type { ErrorRequestHandler } from 'express';

/** An answer that is not a success, in one of the several shapes that Zendesk's errors have. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export type InvalidAttribute = { description: string; error: string };

export function invalidRequest(attribute: string, why: string): Refusal {
  const message = `You passed an invalid value for the ${attribute} attribute. ${why}`;
  return new Refusal(400, { error: { title: 'Invalid attribute', message } });
}

export function unauthenticated(): Refusal {
  return new Refusal(401, { error: "Couldn't authenticate you" });
}

export function forbidden(message = 'You do not have access to this page. Please contact the account owner.'): Refusal {
  return new Refusal(403, { error: { title: 'Forbidden', message } });
}

export function recordNotFound(): Refusal {
  return new Refusal(404, { error: 'RecordNotFound', description: 'Not found' });
}

export function unknownEndpoint(): Refusal {
  return new Refusal(404, { error: 'InvalidEndpoint', description: 'Not found' });
}

export function recordInvalid(attribute: string, description: string, error = 'InvalidValue'): Refusal {
  const details: Record<string, InvalidAttribute[]> = { [attribute]: [{ description, error }] };
  return new Refusal(422, { error: 'RecordInvalid', description: 'Record validation errors', details });
}

export function updateConflict(): Refusal {
  const description = 'Safe Update prevented this update due to outdated ticket data. Fetch the latest and try again.';
  return new Refusal(409, { error: 'UpdateConflict', description });
}

export function tooManyRequests(retryAfterSeconds: number): Refusal {
  return new Refusal(
    429,
    { error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' },
    { 'Retry-After': String(retryAfterSeconds) },
  );
}

export function tooManyJobs(): Refusal {
  return new Refusal(429, {
    error: 'TooManyJobs',
    description: 'Too many jobs are currently queued or running. Try again later.',
  });
}

/** The last middleware: turns what was thrown into the vendor's answer. */
export const answerRefusal: ErrorRequestHandler = (failure: unknown, _request, response, _next) => {
  if (failure instanceof Refusal) {
    response.status(failure.status).set(failure.headers).json(failure.body);
    return;
  }
  const status = unreadableStatus(failure);
  if (status !== undefined) {
    response
      .status(status)
      .json({ error: { title: 'Unreadable request', message: 'The body is not acceptable JSON' } });
    return;
  }
  response.status(500).json({ error: 'InternalError', description: String(failure) });
};

/** What Express's body parser says of a body that it could not take. */
function unreadableStatus(failure: unknown): number | undefined {
  const status = failure instanceof Error && 'status' in failure ? failure.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
