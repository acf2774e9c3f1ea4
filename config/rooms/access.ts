import { z } from 'zod';

/** Who may use the API. */
export const access = {
  API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/u, 'must be printable characters without spaces')
    .optional()
    .meta({
      description: 'A key for /api that may do everything, sent as "Authorization: Bearer …".',
      example: '<openssl rand -hex 32>',
      secret: true,
    }),
} as const;
