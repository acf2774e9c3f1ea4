import { z } from 'zod';
import { durationBetween } from '../../model/duration.ts';
import { fieldIssue } from '../../model/field-problems.ts';
import type { Metric } from '../../model/scale.ts';

/** From the email to each reminder; only those who have not answered are reminded. */
export const reminders = z
  .array(durationBetween('PT1S', 'P90D'))
  .max(3)
  .describe('From the email to each reminder; only those who have not answered are reminded.');

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, fieldIssue('field.time_of_day'));

/** When a survey asks, waits and stops waiting. */
export const timing = z.strictObject({
  delay: durationBetween('PT0S', 'P90D').optional().describe('From the resolution to the email.'),
  quietHours: z
    .strictObject({ from: timeOfDay, until: timeOfDay })
    .refine(({ from, until }) => from !== until, fieldIssue('field.same_times'))
    .optional()
    .describe('No one is asked between these, in the contact’s own time zone.'),
  weekdaysOnly: z.boolean().default(false).describe('Whether no one is asked on Saturdays and Sundays.'),
  adaptive: z
    .strictObject({
      afterReopening: durationBetween('PT0S', 'P90D').optional(),
      longTicket: z
        .strictObject({ over: durationBetween('PT1H', 'P365D'), delay: durationBetween('PT0S', 'P90D') })
        .optional(),
    })
    .optional()
    .describe('A longer delay for contacts whose tickets were reopened before, or whose ticket took long.'),
  commentWindow: durationBetween('PT0S', 'P1D')
    .default('PT5M')
    .describe('How long a rating that was only tapped waits for its comment before it is written.'),
  expires: durationBetween('PT1M', 'P365D').default('P28D').describe('How long the link takes an answer.'),
  late: z
    .enum(['accept', 'refuse'])
    .default('refuse')
    .describe('What becomes of an answer after that: taken all the same, or thanked for and not kept.'),
});

/** NPS asks about the relationship and leaves a day's distance; CSAT and CES ask about what just happened. */
export const usualDelay: Record<Metric, string> = { nps: 'PT24H', ces: 'PT2H', csat: 'PT15M' };
