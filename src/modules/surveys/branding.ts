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
export function readPolicyOrigin(address: string): string | undefined {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && plainHost.test(url.hostname) ? url.origin : undefined;
}

export const webAddress = z
  .string()
  .trim()
  .max(2000)
  // A URL drops tabs and line breaks as it is read; in a plain email they would begin a line of its own.
  .refine((text) => !/[\s\p{Cc}]/u.test(text), fieldIssue('field.url_spaces'))
  .refine((text) => readPolicyOrigin(text) !== undefined, fieldIssue('field.https_url'));

export const logo = z.strictObject({
  url: webAddress.describe('URL of a publicly accessible PNG, JPEG or GIF.'),
  alt: z.string().trim().min(1).max(120).describe('Alternative text, for when the logo is not shown.'),
  width: z.int().min(16).max(552).default(120).describe('Display width in pixels.'),
  height: z
    .int()
    .min(8)
    .max(400)
    .optional()
    .describe('Height in pixels at this width. Reserves the space while the logo loads.'),
});

/** How mail and page look. What a survey leaves out is its brand's, or the usual. */
export const branding = z.strictObject({
  logo: logo.optional(),
  color: color
    .optional()
    .describe('Color of numbers and buttons. Text on it is black or white, whichever is easier to read.'),
  postalAddress: z.string().trim().max(300).optional().describe('Postal address in the footer of emails.'),
  privacyUrl: webAddress.optional().describe('URL of the privacy policy.'),
});
export type Branding = z.infer<typeof branding>;
