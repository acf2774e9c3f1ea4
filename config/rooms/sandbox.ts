import { z } from 'zod';

/** Whether it is being tried out. */
export const sandbox = {
  SANDBOX: z.enum(['on', 'off', 'unconnected']).optional().meta({
    description:
      'Simulated vendors and an inbox in place of real ones: on, off or unconnected. With unconnected the simulated accounts are there to be connected in the console. On when no vendor is configured, except in production. Refused beside the keys of a vendor, and with a HOST that other machines can reach unless it is set to on or unconnected explicitly.',
    example: 'on',
  }),
} as const;
