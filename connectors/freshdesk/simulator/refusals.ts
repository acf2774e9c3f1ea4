import type { ErrorRequestHandler } from 'express';

export type FieldError = { field: string; message: string; code: string };

/** An answer that is not a success. Freshdesk says nothing at all with some of them. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body?: object, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export function invalid(errors: readonly FieldError[]): Refusal {
  return new Refusal(400, { description: 'Validation failed', errors });
}

export function unknownField(field: string): FieldError {
  return { field, message: 'Unexpected/invalid field in request', code: 'invalid_field' };
}

export function wrongType(field: string, expected: string, given: string): FieldError {
  return {
    field,
    message: `Value set is of type ${given}.It should be a/an ${expected}`,
    code: 'datatype_mismatch',
  };
}

export function missingField(field: string): FieldError {
  return { field, message: 'It should be a/an String', code: 'missing_field' };
}

export function unauthenticated(): Refusal {
  return new Refusal(401, {
    code: 'invalid_credentials',
    message: 'You have to be logged in to perform this action.',
  });
}

export function notFound(): Refusal {
  return new Refusal(404);
}

export function methodNotAllowed(allowed: string): Refusal {
  return new Refusal(405, { message: `method not allowed. It should be one of these method(s): ${allowed}` });
}

export function tooManyRequests(retryAfterSeconds: number): Refusal {
  return new Refusal(
    429,
    { message: 'You have exceeded the limit of requests per minute' },
    { 'Retry-After': String(retryAfterSeconds) },
  );
}

/** The last middleware: turns what was thrown into the vendor's answer. */
export const answerRefusal: ErrorRequestHandler = (failure: unknown, _request, response, _next) => {
  if (failure instanceof Refusal) {
    response.status(failure.status).set(failure.headers);
    if (failure.body) response.json(failure.body);
    else response.end();
    return;
  }
  if (failure instanceof SyntaxError) {
    response.status(400).json({ code: 'invalid_json', message: 'Request body has invalid json format' });
    return;
  }
  response.status(500).json({ message: String(failure) });
};
