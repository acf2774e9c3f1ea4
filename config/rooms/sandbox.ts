import { z } from 'zod';

/** Whether it is being tried out. */
export const sandbox = {
  SANDBOX: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .transform((choice) => choice === 'on')
    .optional()
    .meta({
      description:
        'Simulated vendors and an inbox, to try it out. On when no vendor is configured, except in production.',
      example: 'on',
    }),
} as const;
