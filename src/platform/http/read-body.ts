import express, { type Request } from 'express';
import type { z } from 'zod';
import { invalidField, invalidInput } from '../../model/errors.ts';
import { readFields } from '../../model/field-problems.ts';
import type { FieldProblem } from '../../model/messages/field-message.ts';

/** For routes that take JSON. */
export const jsonBody = express.json({ limit: '1mb' });

/**
 * What the caller sent, in the form that the schema asks for.
 *
 * @throws RequestError naming each field and what to do about it
 */
export function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return readInput(request.body ?? {}, schema, 'body');
}

/** The same for anything else that a caller sent. @param whole what to call it when no field is to blame */
export function readInput<Schema extends z.ZodType>(input: unknown, schema: Schema, whole: string): z.output<Schema> {
  if (deeperThan(input, deepest)) throw invalidField(whole, { code: 'field.too_deep', params: { max: deepest } });
  const { data, problems = unstorable(input) } = readFields(schema, input);
  if (problems.length > 0) {
    throw invalidInput(problems.map(({ field, message }) => ({ field: field || whole, message })));
  }
  return data as z.output<Schema>;
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

/** Text that no database takes. */
function unstorable(input: unknown, path: readonly string[] = []): FieldProblem[] {
  if (typeof input === 'string') {
    const fine = input.isWellFormed() && !input.includes('\0');
    return fine ? [] : [{ field: path.join('.'), message: { code: 'field.not_storable', params: {} } }];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) => [
    ...unstorable(key, path),
    ...unstorable(value, [...path, key]),
  ]);
}
