import type { z } from 'zod';
import { BadRequest, invalidField } from './errors.ts';
import { readFields } from './field-problems.ts';
import type { ErrorMessage } from './messages/error-message.ts';

/**
 * The body of a webhook that was verified before; it may begin with a byte order mark.
 *
 * @throws RequestError, which quotes nothing of the body
 */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // Without the cause, which quotes the body.
    throw invalidField('body', { code: 'field.not_json', params: {} });
  }
}

/** @param otherwise what is said of content that is not of this schema, beside the fields that are wrong */
export function readAs<Content>(schema: z.ZodType<Content>, sent: unknown, otherwise: ErrorMessage): Content {
  const { data, problems } = readFields(schema, sent);
  if (!problems) return data;
  const named = problems.map(({ field, message }) => ({ field: field || 'body', message }));
  throw new BadRequest(otherwise, { problems: named });
}
