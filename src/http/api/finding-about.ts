import { z } from 'zod';
import type { CheckAbout } from '../../domain/check-line.ts';
import type { Render } from '../../messages/render.ts';

const plain = z.enum([
  'credentials',
  'account',
  'webhook',
  'fields',
  'ticket_fields',
  'clock',
  'last_event',
  'backlog',
  'failed_records',
  'asking',
  'writing',
  'rate_limit',
]);

/** What a finding is about, and the same as a title for people. */
export const aboutShape = {
  about: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('field'), field: z.string().describe('Our key of it.') }),
    z.strictObject({ kind: z.literal('right'), right: z.string().describe('As the account’s system calls it.') }),
    z.strictObject({ kind: plain }),
  ]),
  title: z.string().describe('What it is about, in the caller’s language.'),
};

export function describeAbout(about: CheckAbout, say: Render): { about: CheckAbout; title: string } {
  return { about, title: say('findings', { code: 'about', params: about }) };
}
