import { boolean, index, integer, jsonb, pgSchema, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { timestamptz } from '../../platform/database/timestamptz.ts';
import { workspaceId } from '../../platform/workspaces/tables.ts';

/** Who may work here, beside everything else because better-auth has names of its own, some of which are also ours. */
export const accessSchema = pgSchema('access');

export const user = accessSchema.table('user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** In lower case. */
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  /** In which the console speaks; nothing: the browser's. */
  language: text('language'),
  /** `light` or `dark`; nothing: the system's. */
  colorScheme: text('color_scheme'),
  /** To the minute; nothing before the first time. */
  lastSeenAt: timestamptz('last_seen_at'),
  createdAt: timestamptz('created_at').notNull(),
  updatedAt: timestamptz('updated_at').notNull(),
});

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });

export const session = accessSchema.table(
  'session',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique(),
    userId: userId(),
    /** The workspace this session looks at. */
    activeOrganizationId: text('active_organization_id'),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    /** When the password, the second factor or the identity provider last confirmed who it is. */
    verifiedAt: timestamptz('verified_at'),
    /** To the minute; nothing before the first request. */
    seenAt: timestamptz('seen_at'),
    expiresAt: timestamptz('expires_at').notNull(),
    createdAt: timestamptz('created_at').notNull(),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [index('session_user').on(table.userId)],
);

/** A way in: the password, or somebody else's word for who it is. */
export const account = accessSchema.table(
  'account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: userId(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: timestamptz('access_token_expires_at'),
    refreshTokenExpiresAt: timestamptz('refresh_token_expires_at'),
    scope: text('scope'),
    /** Hashed. */
    password: text('password'),
    createdAt: timestamptz('created_at').notNull(),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [index('account_user').on(table.userId)],
);

/** What signing in takes beside the password. */
export const twoFactor = accessSchema.table(
  'two_factor',
  {
    id: text('id').primaryKey(),
    /** Encrypted, as are the codes. */
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: userId(),
    /** Whether its owner has shown that they can make codes of it. */
    verified: boolean('verified').notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: timestamptz('locked_until'),
    /** The 30-second step of the last code that was taken: no code of it or of an earlier one is taken again. */
    lastUsedStep: integer('last_used_step'),
  },
  (table) => [index('two_factor_user').on(table.userId)],
);

/** Wrong passwords in a row, whether the account exists or not. */
export const signInFailure = accessSchema.table(
  'sign_in_failure',
  {
    /** A keyed hash of the address, and what the attempts came from: see `createSignInLimits`. */
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    lastAt: timestamptz('last_at').notNull(),
    /** No password is looked at before. */
    blockedUntil: timestamptz('blocked_until').notNull(),
  },
  (table) => [index('sign_in_failure_last').on(table.lastAt)],
);

export const verification = accessSchema.table(
  'verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestamptz('expires_at').notNull(),
    createdAt: timestamptz('created_at').notNull(),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [index('verification_identifier').on(table.identifier)],
);

/** A workspace as better-auth knows it, under the workspace's id. */
export const organization = accessSchema.table('organization', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  logo: text('logo'),
  metadata: text('metadata'),
  createdAt: timestamptz('created_at').notNull(),
});

const organizationId = () =>
  text('organization_id')
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' });

export const member = accessSchema.table(
  'member',
  {
    id: text('id').primaryKey(),
    organizationId: organizationId(),
    userId: userId(),
    /** `owner`, `admin` or `viewer`. */
    role: text('role').notNull(),
    createdAt: timestamptz('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('member_once').on(table.userId, table.organizationId),
    index('member_organization').on(table.organizationId),
  ],
);

/** Somebody is asked to work here too. */
export const memberInvitation = accessSchema.table(
  'invitation',
  {
    id: text('id').primaryKey(),
    organizationId: organizationId(),
    email: text('email').notNull(),
    role: text('role'),
    /** `pending`, then `accepted`. */
    status: text('status').notNull(),
    /** Nothing when a key invited, or somebody who is gone. */
    inviterId: text('inviter_id').references(() => user.id, { onDelete: 'set null' }),
    expiresAt: timestamptz('expires_at').notNull(),
    createdAt: timestamptz('created_at').notNull(),
  },
  (table) => [index('invitation_organization').on(table.organizationId), index('invitation_email').on(table.email)],
);

/** What a program signs in with. */
export const apiKey = accessSchema.table(
  'api_key',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    /** Of the whole key, which nobody can read back. */
    hash: text('hash').notNull().unique(),
    /** Its first characters, by which people tell keys apart. */
    begins: text('begins').notNull(),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    /** Who made it, as in the audit log. */
    createdBy: text('created_by').notNull(),
    createdAt: timestamptz('created_at').notNull(),
    /** Nothing when it is good until it is taken away. */
    expiresAt: timestamptz('expires_at'),
    /** To the minute. */
    lastUsedAt: timestamptz('last_used_at'),
  },
  (table) => [index('api_key_workspace').on(table.workspaceId)],
);
