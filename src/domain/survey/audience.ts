import { z } from 'zod';
import { durationBetween } from '../duration.ts';
import type { Metric } from './scale.ts';

/** Whom a survey leaves in peace, and how many it asks. */
export const audience = {
  quietPeriod: durationBetween('PT0S', 'P730D')
    .optional()
    .describe('How long a person is not asked again with this metric; PT0S lifts every quiet period.'),
  dailyCap: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1_000_000, 'must be at most 1000000')
    .default(500)
    .describe('The most people asked in 24 hours; the rest wait.'),
} as const;

export const usualQuietPeriod: Record<Metric, string> = { nps: 'P90D', csat: 'P7D', ces: 'P7D' };

/** Between any two surveys, whatever their metrics. */
export const quietPeriodAcrossMetrics = 'P7D';
