import type { z } from 'zod';
import { InvalidInput } from './errors.ts';

/**
 * The body of a webhook that was verified before; it may begin with a byte order mark.
 *
 * @throws InvalidInput, which quotes nothing of the body
 */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // Without the cause, which quotes the body.
    throw new InvalidInput('The body is not JSON.');
  }
}

/** @param otherwise what is said of content that is not of this schema, beside the fields that are wrong */
export function readAs<Content>(schema: z.ZodType<Content>, sent: unknown, otherwise: string): Content {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(otherwise, {
    problems: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', problem: message })),
  });
}
