import type { BetterAuthOptions } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Database, Queryable } from '../../platform/database/database.ts';
import { providerId } from './account-paths.ts';
import { enter } from './joining.ts';
import { findMemberships, findUser, forgetPassword } from './queries/accounts.ts';
import { acceptMemberInvitation, memberInvitationsTo } from './queries/member-invitations.ts';

/** An identity provider that speaks OpenID Connect. */
export type SingleSignOn = {
  /** Without a slash at the end. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As it stands on the button. */
  name: string;
  /** Whose people need no invitation: they join as viewers. */
  domains: readonly string[];
  /** For whose addresses the provider vouches where it sends no claim about them. */
  verifiedDomains: readonly string[];
};

type Parts = { database: Database; clock: () => Date; workspaceId: string; singleSignOn: SingleSignOn };

/** What better-auth does differently where somebody may come from an identity provider. */
export function singleSignOnOptions({ database, clock, workspaceId, singleSignOn }: Parts) {
  const { issuer, clientId, clientSecret, name, domains, verifiedDomains } = singleSignOn;

  const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const isOfDomain = (email: string) => domains.includes(domainOf(email));

  /**
   * Whether the provider says that the address is theirs. What it says outright counts first, also as text. Microsoft
   * Entra ID sends no `email_verified` but, where it is told to, `xms_edov`:
   * https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
   */
  function isVerified({ email_verified: verified, xms_edov: ownsDomain, email }: Profile): boolean {
    const said = truthOf(verified) ?? truthOf(ownsDomain);
    return said ?? (typeof email === 'string' && verifiedDomains.includes(domainOf(email)));
  }

  async function isExpected(db: Queryable, email: string): Promise<boolean> {
    return isOfDomain(email) || (await memberInvitationsTo(db, email, clock())).length > 0;
  }

  /** Nobody else gets an account, and whoever has one needs a workspace. */
  const validateUserInfo: NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']> = async ({
    user,
    source,
  }) => {
    if (source.method !== 'oauth') return undefined;
    const works = user.id !== undefined && (await findMemberships(database.db, user.id)).length > 0;
    if (works && source.action === 'sign-in') return undefined;
    if (user.emailVerified !== true) return { error: 'email_not_verified' };
    if (works || (await isExpected(database.db, user.email?.toLowerCase() ?? ''))) return undefined;
    return { error: 'not_invited' };
  };

  /** Whoever came in joins the workspaces that they were invited to. */
  async function admit(userId: string): Promise<void> {
    const now = clock();
    await database.transaction(async (tx) => {
      const user = await findUser(tx, userId);
      if (!user?.emailVerified) return;
      for (const { id } of await memberInvitationsTo(tx, user.email, now)) {
        const accepted = await acceptMemberInvitation(tx, id, now);
        if (accepted) await enter(tx, accepted, userId, now, 'single_sign_on');
      }
      if (!isOfDomain(user.email) || (await findMemberships(tx, userId)).length > 0) return;
      await enter(tx, { organizationId: workspaceId, role: 'viewer' }, userId, now, 'single_sign_on');
    });
  }

  /**
   * An account is made by whoever has the link of its invitation, which proves nothing about the address. Its owner
   * is known from now on, and a password of before need not be theirs.
   */
  async function takeOver(made: { providerId: string; userId: string }): Promise<void> {
    if (made.providerId !== providerId) return;
    await database.transaction(async (tx) => {
      if ((await findUser(tx, made.userId))?.emailVerified === false) await forgetPassword(tx, made.userId);
    });
  }

  return {
    plugin: genericOAuth({
      config: [
        {
          providerId,
          name,
          clientId,
          clientSecret,
          discoveryUrl: `${issuer}/.well-known/openid-configuration`,
          requireIdTokenVerification: true,
          scopes: ['openid', 'email', 'profile'],
          pkce: true,
          mapProfileToUser: (profile) => ({
            name: nameOf(profile),
            image: undefined,
            emailVerified: isVerified(profile),
          }),
        },
      ],
    }),
    user: { validateUserInfo },
    account: {
      updateAccountOnSignIn: false,
      // What the provider says of the address is enough: see what becomes of a password of before.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    databaseHooks: {
      account: {
        create: {
          // Who somebody is has been said; what their tokens would open at the provider is none of our business.
          before: async (made: object) => ({ data: { ...made, ...noTokens } }),
          after: takeOver,
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        // A token that another program was given must not open a session here.
        if (path === '/sign-in/social' && body?.idToken !== undefined) {
          throw new APIError('BAD_REQUEST', { message: 'Sign in on the page of the provider.' });
        }
      }),
      after: createAuthMiddleware(async ({ path, context }) => {
        if (path === '/callback/:id' && context.newSession) await admit(context.newSession.user.id);
      }),
    },
  } as const;
}

const noTokens = { accessToken: null, refreshToken: null, idToken: null };

type Profile = Readonly<Record<string, unknown>>;

/** A yes or no as providers write it; nothing where they say neither. */
function truthOf(claim: unknown): boolean | undefined {
  if (claim === undefined || claim === null || claim === '') return undefined;
  return ['true', '1'].includes(String(claim).trim().toLowerCase());
}

function nameOf(profile: Profile): string {
  const { name, given_name: given, family_name: family, preferred_username: username, email } = profile;
  const written = (part: unknown) => (typeof part === 'string' ? part.trim() : '');
  const whole = [given, family].map(written).filter(Boolean).join(' ');
  return [written(name), whole, written(username), written(email)].find(Boolean)?.slice(0, 120) ?? '';
}
