import { z } from 'zod';
import { durationBetween, milliseconds } from '../../src/model/duration.ts';

/** Which surveys there are, and how often it looks for what webhooks lost. */
export const asking = {
  SURVEYS_FILE: z.string().optional().meta({
    description:
      'A JSON file with surveys. It is applied at every start, and its surveys are read-only in the console. Without it there is one draft, after-ticket.',
    example: './surveys.json',
  }),
  RECONCILE_EVERY: durationBetween('PT1S', 'P1D').transform(milliseconds).prefault('PT5M').meta({
    description:
      'How often each connection is polled for changed tickets, as an ISO 8601 duration between PT1S and P1D.',
    example: 'PT5M',
  }),
} as const;
