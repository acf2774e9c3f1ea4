import { z } from 'zod';
import { durationBetween, milliseconds } from '../../src/model/duration.ts';
import { fieldIssue } from '../../src/model/field-problems.ts';
import { isStrongKey } from '../strong-key.ts';

/** Who may use the API, and how long somebody stays signed in. */
export const access = {
  API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/u, fieldIssue('field.printable'))
    .refine(isStrongKey, fieldIssue('field.weak_key', { kind: 'single' }))
    .optional()
    .meta({
      description:
        'An API key with the rights of an owner, sent as "Authorization: Bearer …"; 32 characters or more. Create keys with fewer rights in the console.',
      example: '<openssl rand -base64 32>',
      secret: true,
    }),
  SESSION_IDLE: durationBetween('PT5M', 'P90D').transform(milliseconds).prefault('P7D').meta({
    description: 'How long a session lasts without a request, as an ISO 8601 duration between PT5M and P90D.',
    example: 'P7D',
  }),
  SESSION_LONGEST: durationBetween('PT1H', 'P365D').transform(milliseconds).prefault('P30D').meta({
    description: 'How long a session lasts in all, as an ISO 8601 duration between PT1H and P365D.',
    example: 'P30D',
  }),
} as const;
