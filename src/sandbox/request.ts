import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { invalidField, invalidInput, TooLarge } from '../model/errors.ts';
import { readFields } from '../model/field-problems.ts';

const mostBytes = 100_000;

/** The path below where we are mounted; addresses come from anybody and may be no addresses at all. */
export function requestPath({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] || '/';
}

export function requestQuery({ url = '/' }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(url.split('?').slice(1).join('?')));
}

/** Whether a page's form sent it, so that a person waits for a page. */
export function hasFormBody({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/**
 * What was sent, as JSON or by a form, of which empty fields count as left out.
 *
 * @throws RequestError naming every field that is wrong
 */
export async function readRequest<Input>(request: IncomingMessage, schema: z.ZodType<Input>): Promise<Input> {
  const text = await readText(request);
  return validate(hasFormBody(request) ? readForm(text) : readJson(text), schema);
}

/** @throws RequestError naming every field that is wrong */
export function validate<Input>(sent: unknown, schema: z.ZodType<Input>): Input {
  const { data, problems } = readFields(schema, sent);
  if (problems) throw invalidInput(problems.map(({ field, message }) => ({ field: field || 'body', message })));
  return data;
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new TooLarge({ code: 'too_large', params: { kind: 'limit', limit: mostBytes } });
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function readForm(text: string): unknown {
  return Object.fromEntries([...new URLSearchParams(text)].filter(([, value]) => value.trim() !== ''));
}

function readJson(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw invalidField('body', { code: 'field.not_json', params: {} });
  }
}
