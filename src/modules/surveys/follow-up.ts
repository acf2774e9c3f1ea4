import { z } from 'zod';
import { webAddress } from './branding.ts';

/** What happens after the number is chosen. */
export const followUp = z.strictObject({
  comment: z.boolean().default(true).describe('Whether there is a box for a comment; writing one is always optional.'),
  afterHigh: webAddress
    .optional()
    .describe('After a high number: one button to a review site, an app store, a referral.'),
  mayContact: z.boolean().default(false).describe('After a low number: whether they may be contacted about it.'),
  redirect: webAddress.optional().describe('Where the page leads on to after the answer.'),
});
