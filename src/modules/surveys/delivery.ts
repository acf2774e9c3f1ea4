import { z } from 'zod';
import { emailAddress } from '../../model/email-address.ts';

/** How the question reaches contacts, and what counts as their answer. */
export const delivery = z.strictObject({
  from: z
    .strictObject({ address: emailAddress.optional(), name: z.string().trim().min(1).max(120).optional() })
    .optional()
    .describe('Whom the email is from, in the place of the brand’s or MAIL_FROM.'),
  replyTo: emailAddress.optional().describe('Where answers by mail go, such as the support address.'),
  brand: z.string().optional().describe('The key of a brand; unless said, the one of the ticket’s brand.'),
  confirm: z
    .enum(['strict', 'balanced', 'instant'])
    .default('balanced')
    .describe(
      'What confirms an answer: only a Submit, also a touch or key on the page, or the tap in the email itself.',
    ),
});
export type Confirmation = z.infer<typeof delivery>['confirm'];
