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
  const deep = deeperThan(input, deepest);
  const read = deep ? undefined : schema.safeParse(input);
  const problems: Problem[] = read?.error?.issues.map(({ path, message }) => ({ path, problem: message })) ?? [];
  if (deep) problems.push({ path: [], problem: `must not be nested more than ${deepest} levels deep` });
  if (read?.success) problems.push(...unstorable(input));
  if (read?.success && problems.length === 0) return read.data;
  throw new InvalidInput(`the ${whole} has problems`, {
    problems: problems.map(({ path, problem }) => ({ field: path.join('.') || whole, problem })),
  });
}

/** Whether everything in this is text that a database takes. */
export function isStorable(input: unknown): boolean {
  return unstorable(input).length === 0;
}

/** No schema of ours goes deeper by far, while what is kept as it came would be more than the database reads. */
const deepest = 50;

/** Stops at the limit, however deep it goes. */
function deeperThan(input: unknown, levels: number): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return levels === 0 || Object.values(input).some((value) => deeperThan(value, levels - 1));
}

type Problem = { path: readonly PropertyKey[]; problem: string };

/** Text that no database takes. */
function unstorable(input: unknown, path: readonly string[] = []): Problem[] {
  if (typeof input === 'string') {
    const fine = input.isWellFormed() && !input.includes('\0');
    return fine ? [] : [{ path, problem: 'must not contain null characters or half characters' }];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) => [
    ...unstorable(key, path),
    ...unstorable(value, [...path, key]),
  ]);
}
