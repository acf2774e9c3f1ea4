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
      description: 'A key for /api that may do everything, sent as "Authorization: Bearer …".',
      example: '<openssl rand -base64 32>',
      secret: true,
    }),
  SESSION_IDLE: durationBetween('PT5M', 'P90D').transform(milliseconds).prefault('P7D').meta({
    description: 'After how long without a request somebody is signed out, as an ISO 8601 duration.',
    example: 'P7D',
  }),
  SESSION_LONGEST: durationBetween('PT1H', 'P365D').transform(milliseconds).prefault('P30D').meta({
    description: 'After how long somebody signs in again, however much they use it, as an ISO 8601 duration.',
    example: 'P30D',
  }),
} as const;
