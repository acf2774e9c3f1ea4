import type { Request } from 'express';
import { invalid, notFound, Refusal, unknownField } from './refusals.ts';

export type Attributes = Readonly<Record<string, unknown>>;

/** The query, refused when it has a parameter that this route does not know. */
export function readQuery(request: Request, known: readonly string[]): URLSearchParams {
  const query = new URL(request.url, 'http://freshdesk.invalid').searchParams;
  const unknown = [...query.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalid(unknown.map(unknownField));
  return query;
}

/** The attributes in the body, refused when there is one that this route does not take. */
export function readBody(request: Request, known: readonly string[]): Attributes {
  if (!request.is('application/json')) {
    throw new Refusal(415, { code: 'invalid_content_type', message: 'Content-Type should be application/json' });
  }
  const body: unknown = request.body;
  if (!isObject(body)) throw new Refusal(400, { code: 'invalid_json', message: 'Request body has to be an object' });
  const unknown = Object.keys(body).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalid(unknown.map(unknownField));
  return body;
}

export function readId(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) throw notFound();
  return Number(text);
}

export function readWhole(
  query: URLSearchParams,
  name: string,
  { otherwise, most }: { otherwise: number; most: number },
) {
  const text = query.get(name);
  if (text === null) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  const message = `It should be a Positive Integer less than or equal to ${most}`;
  throw invalid([{ field: name, message, code: 'invalid_value' }]);
}

export function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
