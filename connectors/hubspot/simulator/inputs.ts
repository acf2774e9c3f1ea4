import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';
import { invalid, Refusal } from './refusals.ts';

/** The body in the shape that this endpoint takes; a field it does not know is refused, so that a misspelling shows. */
export function readBody<Shape>(schema: z.ZodType<Shape>, request: Request): Shape {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  throw invalid(
    'Invalid input JSON',
    parsed.error.issues.map(({ path, message }) => ({
      message: `${path.join('.')}: ${message}`,
      code: 'INVALID_JSON',
    })),
  );
}

export type Query = {
  one(name: string): string | undefined;
  /** Comma-separated, repeated, or both. */
  list(name: string): readonly string[];
  /** A whole number from 1 to `most`, which is also what it is when it is absent. */
  count(name: string, most: number): number;
};

/** The query with the parameters that this endpoint takes. */
export function readQuery(request: Request, known: readonly string[]): Query {
  const parameters = new URL(request.url, 'http://simulator').searchParams;
  const unknown = [...parameters.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalid(`Unknown query parameters: ${unknown.join(', ')}`);
  return {
    one: (name) => parameters.get(name) ?? undefined,
    list: (name) => parameters.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== '')),
    count(name, most) {
      const raw = parameters.get(name) ?? String(most);
      const count = /^\d+$/.test(raw) ? Number(raw) : 0;
      if (count < 1 || count > most) throw invalid(`${name} must be between 1 and ${most}`);
      return count;
    },
  };
}

export const requireJson: RequestHandler = (request, _response, next) => {
  const carriesBody = request.method === 'POST' || request.method === 'PATCH' || request.method === 'PUT';
  if (carriesBody && !request.is('application/json')) throw new Refusal(415, 'Unsupported Media Type');
  next();
};
