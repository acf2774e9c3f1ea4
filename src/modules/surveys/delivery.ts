import { z } from 'zod';
import { emailAddress } from '../../model/email-address.ts';

/** How the question reaches contacts, and what counts as their answer. */
export const delivery = z.strictObject({
  from: z
    .strictObject({ address: emailAddress.optional(), name: z.string().trim().min(1).max(120).optional() })
    .optional()
    .describe('Sender of the email, instead of the brand’s or MAIL_FROM.'),
  replyTo: emailAddress.optional().describe('Reply-to address, such as the support address.'),
  brand: z.string().optional().describe('Key of the brand. By default, the one that matches the ticket’s brand.'),
  confirm: z
    .enum(['strict', 'balanced', 'instant'])
    .default('balanced')
    .describe(
      'What confirms a response: only Submit, also a touch or key press on the page, or also the tap in the email.',
    ),
});
export type Confirmation = z.infer<typeof delivery>['confirm'];
