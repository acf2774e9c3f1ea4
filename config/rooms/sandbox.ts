import { z } from 'zod';

/** Whether it is being tried out. */
export const sandbox = {
  SANDBOX: z.enum(['on', 'off', 'unconnected']).optional().meta({
    description:
      'Simulated vendors and an inbox, to try it out. On when no vendor is configured, except in production. With unconnected nothing is connected yet, to try that out as well.',
    example: 'on',
  }),
} as const;
