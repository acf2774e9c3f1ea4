import type { z } from 'zod';
import type { Sealing } from '../store/sealing.ts';

/** What a link carries, sealed: nobody can read it, and what was not made here opens nothing. */
export function sealToken(sealing: Sealing, content: object): string {
  return sealing.tokens.seal(JSON.stringify(content));
}

/** @returns nothing when it is not ours, or was made for something else */
export function readToken<Schema extends z.ZodType>(
  sealing: Sealing,
  schema: Schema,
  token: string,
): z.output<Schema> | undefined {
  const plain = sealing.tokens.unseal(token);
  return plain === undefined ? undefined : schema.safeParse(parsed(plain)).data;
}

function parsed(plain: string): unknown {
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}
