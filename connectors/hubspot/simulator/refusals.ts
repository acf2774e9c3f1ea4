import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';

/** One of the `errors` in HubSpot's error body. */
export type ErrorDetail = {
  message: string;
  code?: string;
  context?: Readonly<Record<string, readonly string[]>>;
};

/** HubSpot says no: thrown anywhere behind a route, answered with its status and error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, body: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

export function unauthenticated(message: string): Refusal {
  return new Refusal(401, message, { category: 'INVALID_AUTHENTICATION' });
}

/** How the token endpoint answers once the app was uninstalled. */
export function badRefreshToken(): Refusal {
  return new Refusal(400, 'missing or invalid refresh token', {
    status: 'BAD_REFRESH_TOKEN',
    error: 'invalid_grant',
    error_description: 'missing or invalid refresh token',
  });
}

export function missingScopes(scopes: readonly string[]): Refusal {
  const message = 'One or more of the following scopes are required.';
  return new Refusal(403, "This app hasn't been granted all required scopes to make this call.", {
    errors: [{ message, context: { requiredGranularScopes: scopes } }],
    category: 'MISSING_SCOPES',
  });
}

export function objectNotFound(id: string): Refusal {
  return new Refusal(404, 'Object not found.  objectId are usually numeric.', {
    context: { id: [id] },
    category: 'OBJECT_NOT_FOUND',
  });
}

export function conflict(message: string): Refusal {
  return new Refusal(409, message, { category: 'CONFLICT' });
}

export function invalid(message: string, errors?: readonly ErrorDetail[]): Refusal {
  return new Refusal(400, message, { ...(errors ? { errors } : {}), category: 'VALIDATION_ERROR' });
}

/** The sentence HubSpot begins with, followed by each problem as JSON inside the string. */
export function invalidValues(errors: readonly ErrorDetail[]): Refusal {
  const problems = errors.map(({ message, code, context }) => ({
    isValid: false,
    message,
    error: code,
    name: context?.propertyName?.[0],
  }));
  return invalid(`Property values were not valid: ${JSON.stringify(problems)}`, errors);
}

export const answerRefusals: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const { status, message, body } = error instanceof Refusal ? error : foreign(error);
  const correlationId = randomUUID();
  response.set('X-HubSpot-Correlation-Id', correlationId);
  response.status(status).json({ status: 'error', message, correlationId, ...body });
};

/** What Express and its body parser throw: a malformed body or path is the caller's fault, the rest is our bug. */
function foreign(error: unknown): Refusal {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) return new Refusal(status, 'Invalid input JSON', { category: 'VALIDATION_ERROR' });
  return new Refusal(500, `The simulator failed: ${error instanceof Error ? error.message : String(error)}`);
}
