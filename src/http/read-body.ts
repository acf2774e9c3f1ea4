import express, { type Request } from 'express';
import type { z } from 'zod';
import { InvalidInput } from '../errors.ts';

/** For routes that take JSON. */
export const jsonBody = express.json({ limit: '1mb' });

/**
 * What the caller sent, in the form that the schema asks for.
 *
 * @throws InvalidInput naming each field and what to do about it
 */
export function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return readInput(request.body ?? {}, schema, 'body');
}

/** The same for anything else that a caller sent. @param whole what to call it when no field is to blame */
export function readInput<Schema extends z.ZodType>(input: unknown, schema: Schema, whole: string): z.output<Schema> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw new InvalidInput(`the ${whole} has problems`, {
    problems: read.error.issues.map(({ path, message }) => ({ field: path.join('.') || whole, problem: message })),
  });
}
