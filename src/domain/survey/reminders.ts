import { z } from 'zod';
import { durationBetween } from '../duration.ts';

/** From the email to each reminder; only those who have not answered are reminded. */
export const reminders = z
  .array(durationBetween('PT1S', 'P90D'))
  .max(3)
  .describe('From the email to each reminder; only those who have not answered are reminded.');
