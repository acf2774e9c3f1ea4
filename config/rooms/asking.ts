import { z } from 'zod';
import { durationBetween, milliseconds } from '../../src/model/duration.ts';

/** Which surveys there are, and how often it looks for what webhooks lost. */
export const asking = {
  SURVEYS_FILE: z.string().optional().meta({
    description: 'Surveys as code: a JSON file that is applied at every start.',
    example: './surveys.json',
  }),
  RECONCILE_EVERY: durationBetween('PT1S', 'P1D').transform(milliseconds).prefault('PT5M').meta({
    description: 'How often every connection is asked for changed tickets, as an ISO 8601 duration.',
    example: 'PT5M',
  }),
} as const;
