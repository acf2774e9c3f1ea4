import { z } from 'zod';
import { durationBetween } from '../../model/duration.ts';
import { fieldIssue } from '../../model/field-problems.ts';
import type { Metric } from '../../model/scale.ts';

/** From the email to each reminder; only those who have not answered are reminded. */
export const reminders = z
  .array(durationBetween('PT1S', 'P90D'))
  .max(3)
  .describe('Time from the email to each reminder. Only contacts who have not answered are reminded.');

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, fieldIssue('field.time_of_day'));

/** When a survey asks, waits and stops waiting. */
export const timing = z.strictObject({
  delay: durationBetween('PT0S', 'P90D').optional().describe('Time from the resolution to the email.'),
  quietHours: z
    .strictObject({ from: timeOfDay, until: timeOfDay })
    .refine(({ from, until }) => from !== until, fieldIssue('field.same_times'))
    .optional()
    .describe('No emails are sent between these times, in the contact’s time zone.'),
  weekdaysOnly: z.boolean().default(false).describe('Whether to send emails only from Monday to Friday.'),
  adaptive: z
    .strictObject({
      afterReopening: durationBetween('PT0S', 'P90D').optional(),
      longTicket: z
        .strictObject({ over: durationBetween('PT1H', 'P365D'), delay: durationBetween('PT0S', 'P90D') })
        .optional(),
    })
    .optional()
    .describe('Longer delay for contacts whose tickets were reopened before, or took long to resolve.'),
  commentWindow: durationBetween('PT0S', 'P1D')
    .default('PT5M')
    .describe('How long a tapped rating waits for a comment before it is finalized.'),
  expires: durationBetween('PT1M', 'P365D').default('P28D').describe('How long the link accepts an answer.'),
  late: z
    .enum(['accept', 'refuse'])
    .default('refuse')
    .describe('What happens to an answer after that: accepted, or refused with thanks.'),
});

/** NPS asks about the relationship and leaves a day's distance; CSAT and CES ask about what just happened. */
export const usualDelay: Record<Metric, string> = { nps: 'PT24H', ces: 'PT2H', csat: 'PT15M' };
