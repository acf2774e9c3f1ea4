import { doublePrecision, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { EmailFailureMessage } from '../../domain/failure-message.ts';
import { timestamptz } from './timestamptz.ts';

/** Where an email server stands that refuses us, takes less than we would send, or does not answer. Others have no row. */
export const emailServer = pgTable('email_server', {
  /** `usual`, or a brand's id. */
  id: text('id').primaryKey(),
  /** Another for another server or user. */
  identity: text('identity').notNull(),
  /** Nothing where emails leave, if slowly. */
  kind: text('kind', { enum: ['refused', 'throttled', 'down'] }),
  since: timestamptz('since'),
  nextTryAt: timestamptz('next_try_at'),
  failures: integer('failures').notNull().default(0),
  /** What it said, as a failure's code with its parameters. */
  why: jsonb('why').$type<EmailFailureMessage>(),
  throttledSince: timestamptz('throttled_since'),
  throttledAt: timestamptz('throttled_at'),
  perSecond: doublePrecision('per_second'),
});
