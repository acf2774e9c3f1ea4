import type { Finding, Inspection } from '../../connector.ts';
import { UpstreamBusy } from '../../model/errors.ts';
import type { FieldLabels } from '../../model/locale.ts';
import { nameFinding, refusedFinding } from '../../model/messages/finding.ts';
import { dayMs } from '../../model/time-units.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { markAllOutOfSync, requestAllRecords } from '../records/index.ts';
import { clockDifference } from './clock-difference.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { hasNewFields } from './missing-fields.ts';
import { closeConnection, openRow } from './open.ts';
import {
  type ConnectionRow,
  createConnection,
  findByAccount,
  findConnection,
  markUnauthorized,
  updateConnection,
} from './queries/connections.ts';
import { noteFailure } from './refuse.ts';
import { whyNotOpened } from './shown-findings.ts';

/** Looks at a connection's account, creates and repairs what is ours there, and says loudly what needs a person. */
export async function provision(context: ConnectionsContext, connectionId: string): Promise<void> {
  const live = context.connections.find(connectionId);
  const row = await findConnection(context.database.db, connectionId);
  if (!live?.capabilities.provisioning || !row || row.provisionDueAt > context.clock()) return;
  if (!(await live.lease.hold())) return;
  live.rateLimiter.resume();
  try {
    await inspect(context, live, row);
  } catch (failure) {
    const again = await noteFailure(context, live, failure);
    if (failure instanceof UpstreamBusy) {
      context.log.warn(
        {
          code: 'connection.check_delayed',
          connector: live.connector.name,
          connection: live.id,
          reason: failure.message,
        },
        'A connection could not be checked yet.',
      );
      await updateConnection(context.database.db, live.id, { provisionDueAt: again });
      await context.wake('provision', live.id, again);
    }
  }
}

async function inspect(context: ConnectionsContext, live: LiveConnection, row: ConnectionRow): Promise<void> {
  const { database, clock, log } = context;
  const { provisioning } = live.capabilities;
  if (!provisioning) return;
  const asked = clock();
  const seen = await provisioning.check({ ticketMarks: row.tagTickets });
  const difference = clockDifference(seen, asked);
  const isOther = seen.account !== undefined && row.account !== null && seen.account !== row.account;
  if (isOther && row.origin === 'console') {
    const why = { code: 'account.other_opened', params: { is: seen.account ?? '', was: row.account ?? '' } } as const;
    await save(context, live, { findings: [refusedFinding({ kind: 'account' }, why)] }, difference);
    return;
  }
  if (isOther && seen.account !== undefined) {
    await changeAccount(context, live, row, seen.account);
    return;
  }
  const other = seen.account === undefined ? undefined : await findByAccount(database.db, row.connector, seen.account);
  if (other && other.id !== row.id) {
    const why = { code: 'account.taken', params: { account: other.account ?? '' } } as const;
    await save(context, live, { findings: [refusedFinding({ kind: 'account' }, why)] }, difference);
    return;
  }
  const webhookUrl = context.webhookUrl(live.connector.name);
  const labels = await labelsOf(context, row);
  const inspection =
    seen.account === undefined
      ? seen
      : await provisioning.ensure({
          ticketMarks: row.tagTickets,
          ...(labels ? { labels } : {}),
          ...(webhookUrl === undefined ? {} : { webhookUrl: `${webhookUrl}/${live.id}` }),
        });
  const blocked = inspection.findings.filter((finding) => finding.state === 'blocked');
  for (const finding of blocked) {
    const { about, code, params } = finding;
    log.error(
      {
        code: 'connection.blocked',
        ...{ connector: live.connector.name, connection: live.id, about: nameFinding(about), found: code, params },
      },
      'A connection needs a person to act in its account.',
    );
  }
  await save(context, live, inspection, difference);
  const changed = inspection.findings.some(isChangedField) || hasNewFields(row.findings, inspection);
  const isReconnected = row.status !== 'ready' && inspection.account !== undefined && row.writeBackEnabled;
  if (isReconnected)
    await requestAllRecords(database.db, { workspaceId: row.workspaceId, connectionId: row.id }, clock());
  else if (changed) await markAllOutOfSync(database.db, live.id, clock());
  if (inspection.account !== undefined) await resumeWork(context, live);
}

/** What new fields are called, in the language of those who work in the workspace. */
async function labelsOf(
  { database, texts }: ConnectionsContext,
  { workspaceId }: ConnectionRow,
): Promise<FieldLabels | undefined> {
  const workspace = await findWorkspace(database.db, workspaceId);
  return texts.get(workspace?.language ?? 'en')?.fields;
}

function isChangedField({ about, state }: Finding): boolean {
  return about.kind === 'field' && (state === 'created' || state === 'repaired');
}

async function save(
  context: ConnectionsContext,
  live: LiveConnection,
  { account, timeZone, host, findings }: Inspection,
  difference: number | null,
): Promise<void> {
  const { database, clock, log } = context;
  const refused = account === undefined;
  if (!refused) live.account = account;
  const now = clock();
  if (refused) {
    const statusDetail = whyNotOpened(findings);
    await markUnauthorized(database.db, live.id, { statusDetail, provisionDueAt: now, now });
  }
  await updateConnection(database.db, live.id, {
    ...(refused ? {} : { status: 'ready', statusDetail: null, unauthorizedAt: null, account }),
    checkedAt: now,
    clockDifference: difference,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(host === undefined ? {} : { host }),
    findings,
    provisionDueAt: new Date(now.getTime() + (refused ? dayMs / 96 : dayMs)),
  });
  const about = {
    connector: live.connector.name,
    connection: live.id,
    account,
    created: count(findings, 'created'),
    repaired: count(findings, 'repaired'),
    blocked: count(findings, 'blocked'),
  };
  if (refused) log.info({ code: 'connection.not_ready', ...about }, 'A connection was checked and is still refused.');
  else log.info({ code: 'connection.ready', ...about }, 'A connection is ready.');
}

function count(findings: readonly Finding[], state: Finding['state']): number {
  return findings.filter((finding) => finding.state === state).length;
}

async function resumeWork({ wake }: ConnectionsContext, live: LiveConnection): Promise<void> {
  await wake('dispatch', live.id);
  await wake('write', live.id);
  await wake('poll', live.id);
}

/** The credentials now open another account: that is another connection, with a watermark of its own. */
async function changeAccount(
  context: ConnectionsContext,
  live: LiveConnection,
  row: ConnectionRow,
  account: string,
): Promise<void> {
  const { database, clock, log, wake } = context;
  log.warn(
    { code: 'connection.account_changed', connector: row.connector, connection: row.id, was: row.account, is: account },
    'The credentials open another account. The old connection has ended and a new one begins.',
  );
  const opened = await database.transaction(async (tx) => {
    await updateConnection(tx, row.id, { status: 'disconnected' });
    const { workspaceId, connector, origin } = row;
    return createConnection(tx, { workspaceId, connector, origin, account }, clock());
  });
  await closeConnection(context, live);
  await openRow(context, opened);
  await wake('provision', opened.id);
}
