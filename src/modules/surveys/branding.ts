import { z } from 'zod';
import { fieldIssue } from '../../model/field-problems.ts';

export const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/iu, fieldIssue('field.color'))
  .toLowerCase();

/**
 * Names and numbers that a host may be written in once it is parsed. A URL takes more, such as `;`, `,` and `*`, which
 * mean something else in a Content-Security-Policy.
 */
const plainHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/u;

/** The origin to name in a Content-Security-Policy; nothing for what is no https address with a plain host. */
export function policyOriginOf(address: string): string | undefined {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && plainHost.test(url.hostname) ? url.origin : undefined;
}

export const webAddress = z
  .string()
  .trim()
  .max(2000)
  // A URL drops tabs and line breaks as it is read; in a plain email they would begin a line of its own.
  .refine((text) => !/[\s\p{Cc}]/u.test(text), fieldIssue('field.url_spaces'))
  .refine((text) => policyOriginOf(text) !== undefined, fieldIssue('field.https_url'));

export const logo = z.strictObject({
  url: webAddress.describe('A PNG, JPEG or GIF that anybody can load.'),
  alt: z.string().trim().min(1).max(120).describe('What is read where it is not shown.'),
  width: z.int().min(16).max(552).default(120).describe('In pixels, as wide as it is shown.'),
  height: z
    .int()
    .min(8)
    .max(400)
    .optional()
    .describe('In pixels, as high as it is shown at that width: keeps its place free while it loads.'),
});

/** How mail and page look. What a survey leaves out is its brand's, or the usual. */
export const branding = z.strictObject({
  logo: logo.optional(),
  color: color.optional().describe('The numbers and buttons; words on it are black or white, whichever reads better.'),
  postalAddress: z.string().trim().max(300).optional().describe('Whose email it is, below the email.'),
  privacyUrl: webAddress.optional().describe('Where the privacy policy stands.'),
});
export type Branding = z.infer<typeof branding>;
