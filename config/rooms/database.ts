import { z } from 'zod';
import { fieldIssue } from '../../src/model/field-problems.ts';
import { isStrongKey } from '../strong-key.ts';

/** What it remembers, where, and under which keys. */
export const database = {
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(?:ql)?:$/u.test(URL.parse(text)?.protocol ?? ''), fieldIssue('field.postgres_url'))
    .optional()
    .meta({
      description: 'The PostgreSQL database. Without it an embedded database is kept in DATA_DIR.',
      example: 'postgres://scoreback:password@localhost:5432/scoreback',
      secret: true,
    }),
  DATA_DIR: z.string().prefault('./data').meta({
    description: 'The folder of the embedded database and of the SECRET_KEY that is generated at the first start.',
    example: './data',
  }),
  SECRET_KEY: z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .refine((keys) => keys.every(isStrongKey), fieldIssue('field.weak_key', { kind: 'several' }))
    .optional()
    .meta({
      description:
        'Signs links and encrypts credentials; 32 characters or more. Several keys are separated by commas: the first signs and encrypts, all of them verify and decrypt. Required with DATABASE_URL; otherwise it is generated in DATA_DIR.',
      example: '<openssl rand -base64 32>',
      secret: true,
    }),
} as const;
