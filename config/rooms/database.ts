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
      description: 'The PostgreSQL database. Without it an embedded one lives in DATA_DIR.',
      example: 'postgres://scoreback:password@localhost:5432/scoreback',
      secret: true,
    }),
  DATA_DIR: z.string().prefault('./data').meta({
    description: 'The folder of the embedded database and of what is generated at the first start.',
    example: './data',
  }),
  SECRET_KEY: z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .refine((keys) => keys.every(isStrongKey), fieldIssue('field.weak_key', { kind: 'several' }))
    .optional()
    .meta({
      description:
        'Signs links and encrypts credentials. Several with commas between: the first signs and encrypts, all verify and decrypt. Generated into DATA_DIR beside the embedded database, required with DATABASE_URL.',
      example: '<openssl rand -base64 32>',
      secret: true,
    }),
} as const;
