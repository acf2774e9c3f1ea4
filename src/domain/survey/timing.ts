import { z } from 'zod';
import { durationBetween } from '../duration.ts';
import type { Metric } from './scale.ts';

/** When a survey asks, waits and stops waiting. */
export const timing = {
  delay: durationBetween('PT0S', 'P90D').optional().describe('From the resolution to the mail.'),
  settle: durationBetween('PT0S', 'P1D')
    .default('PT5M')
    .describe('How long a rating that was only tapped waits for its comment before it is written.'),
  expires: durationBetween('PT1M', 'P365D').default('P28D').describe('How long the link takes an answer.'),
  reminders: z
    .array(durationBetween('PT1S', 'P90D'))
    .max(3, 'at most 3 reminders')
    .default([])
    .describe('From the mail to each reminder; only those who have not answered are reminded.'),
} as const;

/** NPS asks about the relationship and leaves a day's distance; CSAT and CES ask about what just happened. */
export const usualDelay: Record<Metric, string> = { nps: 'PT24H', ces: 'PT2H', csat: 'PT15M' };
