import { z } from 'zod';

/** Who may use the API. */
export const access = {
  API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/u, 'must be printable characters without spaces')
    .optional()
    .meta({
      description: 'The first key for /api, sent as "Authorization: Bearer …". Without it /api is closed.',
      example: '<openssl rand -hex 32>',
      secret: true,
    }),
} as const;
