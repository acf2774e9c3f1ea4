import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Authorization } from '../../connector.ts';
import { BadRequest, Conflict, Forbidden, NotFound, Unprocessable } from '../../model/errors.ts';
import { sameSignature } from '../../model/signature.ts';
import { minuteMs } from '../../model/time-units.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { findMemberships } from '../accounts/index.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { openRow } from './open.ts';
import { createConnection, findByAccount, updateConnection } from './queries/connections.ts';
import { openCredentials } from './queries/credentials.ts';

/** How long an admin may take to consent. */
const patienceMs = 10 * minuteMs;

const request = z.strictObject({
  step: z.enum(['begin', 'consent']),
  connector: z.string(),
  workspaceId: z.string(),
  /** What only the browser that began it knows, hashed. */
  session: z.string(),
  until: z.int(),
});

type Request = z.infer<typeof request>;

/**
 * What an admin opens to connect an account: good for ten minutes, for whoever was given it.
 *
 * @throws NotFound when this connector offers no consent with the settings there are
 */
export function beginAuthorization(context: ConnectionsContext, connector: string, workspaceId: string): string {
  findAuthorization(context, connector);
  return signRequest(context, { step: 'begin', connector, workspaceId, session: '', until: later(context) });
}

/** Who is signed in in the browser that comes; whoever was handed the link may have no account here. */
type Visitor = { userId: string | undefined };

/**
 * The admin's browser arrived: for which workspace, where it goes to consent, and the secret that it keeps in a cookie
 * until it comes back.
 *
 * @throws RequestError when the link is not ours or too old, or of a workspace in which they do not work
 */
export async function askConsent(
  context: ConnectionsContext,
  connector: string,
  { begin, redirectUrl, userId }: { begin: string; redirectUrl: string } & Visitor,
): Promise<{ url: string; session: string; workspace: string }> {
  const { workspaceId } = openRequest(context, begin, 'begin', connector);
  await verifyWorksIn(context, workspaceId, userId);
  const session = randomBytes(24).toString('base64url');
  const state = signRequest(context, {
    step: 'consent',
    connector,
    workspaceId,
    session: hash(session),
    until: later(context),
  });
  const workspace = (await findWorkspace(context.database.db, workspaceId))?.name ?? workspaceId;
  return { url: findAuthorization(context, connector).url({ redirectUrl, state }), session, workspace };
}

/**
 * The admin came back with a code: the account is connected, or connected anew.
 *
 * @throws RequestError when this is not the browser that began it, or they do not work in the workspace; UpstreamRefused when the vendor does not take the code
 */
export async function acceptConsent(
  context: ConnectionsContext,
  connector: string,
  answer: { state: string; code: string; session: string | undefined; redirectUrl: string } & Visitor,
): Promise<LiveConnection> {
  const { workspaceId, session } = openRequest(context, answer.state, 'consent', connector);
  if (answer.session === undefined || !sameSignature(hash(answer.session), session)) {
    throw new BadRequest({ code: 'foreign_consent', params: {} });
  }
  await verifyWorksIn(context, workspaceId, answer.userId);
  const { code, redirectUrl } = answer;
  const { account, credentials } = await findAuthorization(context, connector).exchange({ code, redirectUrl });
  const { database, clock, encryption, wake } = context;
  const row = await database.transaction(async (tx) => {
    const existing = await findByAccount(tx, connector, account);
    // Nobody learns which accounts others have connected.
    if (existing && existing.workspaceId !== workspaceId) {
      throw new Unprocessable({ code: 'account_unavailable', params: {} });
    }
    if (existing && existing.origin !== 'authorization') {
      throw new Conflict({ code: 'account_connected', params: { kind: 'otherwise', account } });
    }
    return existing ?? createConnection(tx, { workspaceId, connector, origin: 'authorization', account }, clock());
  });
  await openCredentials(database, encryption, row.id, clock).write('authorization', credentials);
  await updateConnection(database.db, row.id, { status: 'new', statusDetail: null, provisionDueAt: clock() });
  const live = context.connections.find(row.id) ?? (await openRow(context, row));
  if (!live) throw new NotFound('consent');
  live.rateLimiter.resume();
  await wake('provision', row.id);
  return live;
}

/**
 * Somebody who is signed in connects accounts to workspaces of their own: a link that leads into another one was put
 * into their hands by somebody who wants what their account holds.
 */
async function verifyWorksIn(
  { database }: ConnectionsContext,
  workspaceId: string,
  userId: string | undefined,
): Promise<void> {
  if (userId === undefined) return;
  const memberships = await findMemberships(database.db, userId);
  if (memberships.some((membership) => membership.workspaceId === workspaceId)) return;
  throw new Forbidden({ code: 'foreign_workspace', params: {} });
}

/** Whether the settings there are hold an application for consent. */
export function consentIsOffered(context: ConnectionsContext, connector: string): boolean {
  return authorizationOf(context, connector) !== undefined;
}

/** @throws NotFound when this connector offers no consent with the settings there are */
function findAuthorization(context: ConnectionsContext, connector: string): Authorization {
  const authorization = authorizationOf(context, connector);
  if (!authorization) throw new NotFound('consent');
  return authorization;
}

function authorizationOf({ sources, clock, send }: ConnectionsContext, connector: string): Authorization | undefined {
  const source = sources.find(
    (candidate) => candidate.connector.name === connector && candidate.origin === 'authorization',
  );
  return source?.connector.authorization?.(source.settings, { clock, send: send.operator });
}

function later({ clock }: ConnectionsContext): number {
  return clock().getTime() + patienceMs;
}

function signRequest(context: ConnectionsContext, content: Request): string {
  return context.encryption.tokens.encrypt(JSON.stringify(content));
}

function openRequest(
  context: ConnectionsContext,
  encrypted: string,
  step: Request['step'],
  connector: string,
): Request {
  const plain = context.encryption.tokens.decrypt(encrypted);
  const read = plain === undefined ? undefined : request.safeParse(JSON.parse(plain)).data;
  if (read?.step !== step || read.connector !== connector || read.until < context.clock().getTime()) {
    throw new BadRequest({ code: 'consent_expired', params: {} });
  }
  return read;
}

function hash(session: string): string {
  return createHash('sha256').update(session).digest('base64url');
}
