import { z } from 'zod';
import { fieldIssue } from '../field-problems.ts';
import { ticketHandlers } from '../ticket.ts';

/** What a ticket or a contact can be asked about; `tags` and `property` hold several values, the others one. */
const fields = [
  'brand',
  'group',
  'tags',
  'channel',
  'pipeline',
  'priority',
  'satisfaction',
  'language',
  'company',
] as const;

const values = z.array(z.string().trim().min(1).max(200)).min(1).max(200);

const handlers = z.array(z.enum(ticketHandlers)).min(1);

const choice = { is: values.optional(), isNot: values.optional() };

function saysOne<Shape extends { is?: unknown; isNot?: unknown }>(said: Shape): boolean {
  return (said.is === undefined) !== (said.isNot === undefined);
}

const oneOfBoth = fieldIssue('field.is_or_is_not');

/** One condition on the ticket or on the contact. Values compare whatever their case. */
export const condition = z.union(
  [
    z.strictObject({ field: z.enum(fields), ...choice }).refine(saysOne, oneOfBoth),
    z
      .strictObject({ field: z.literal('property'), property: z.string().trim().min(1).max(200), ...choice })
      .refine(saysOne, oneOfBoth),
    z
      .strictObject({ field: z.literal('handler'), is: handlers.optional(), isNot: handlers.optional() })
      .refine(saysOne, oneOfBoth),
    z.strictObject({
      field: z.literal('publicReplies'),
      atLeast: z.int().min(0).max(1000).optional(),
      atMost: z.int().min(0).max(1000).optional(),
    }),
  ],
  fieldIssue('field.condition'),
);
export type Condition = z.infer<typeof condition>;

/** The properties of contacts that these conditions are about, by their vendor's names. */
export function propertiesIn(conditions: readonly Condition[]): string[] {
  return [...new Set(conditions.flatMap((one) => (one.field === 'property' ? [one.property] : [])))];
}
