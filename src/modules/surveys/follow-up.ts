import { z } from 'zod';
import { webAddress } from './branding.ts';

/** What happens after the number is chosen. */
export const followUp = z.strictObject({
  comment: z.boolean().default(true).describe('Whether to show a comment box. Comments are always optional.'),
  afterHigh: webAddress
    .optional()
    .describe('Button after a high rating: to a review site, an app store or a referral.'),
  mayContact: z
    .boolean()
    .default(false)
    .describe('Whether to ask after a low rating if the customer may be contacted.'),
  redirect: webAddress.optional().describe('URL that the page redirects to after the answer.'),
});
