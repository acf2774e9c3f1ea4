import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { InvalidInput } from '../errors.ts';

const mostBytes = 100_000;

/** The path below where we are mounted; addresses come from anybody and may be no addresses at all. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] || '/';
}

export function queryOf({ url = '/' }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(url.split('?').slice(1).join('?')));
}

/** Whether a page's form sent it, so that a person waits for a page. */
export function isForm({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/**
 * What was sent, as JSON or by a form, of which empty fields count as left out.
 *
 * @throws InvalidInput naming every field that is wrong
 */
export async function readInput<Input>(request: IncomingMessage, schema: z.ZodType<Input>): Promise<Input> {
  const text = await readText(request);
  return validate(isForm(request) ? readForm(text) : readJson(text), schema);
}

/** @throws InvalidInput naming every field that is wrong */
export function validate<Input>(sent: unknown, schema: z.ZodType<Input>): Input {
  const read = schema.safeParse(sent);
  if (read.success) return read.data;
  throw new InvalidInput('The request has problems.', {
    problems: read.error.issues.map((issue) => ({
      field: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'body'),
      problem: issue.message,
    })),
  });
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new InvalidInput('The request is larger than 100 kB.', { status: 413 });
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
  } catch (cause) {
    throw new InvalidInput('The request is not JSON.', {
      problems: [{ field: 'body', problem: 'must be JSON' }],
      cause,
    });
  }
}
