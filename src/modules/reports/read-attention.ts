import type { ConnectionTitle } from '../../model/messages/attention-message.ts';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import type { Finding } from '../../model/messages/finding.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { backlogs, type ConnectionRow, listConnections } from '../connections/index.ts';
import { listBrands, listSurveys } from '../surveys/index.ts';
import { type Attention, type AttentionFacts, findAttention } from './attention.ts';
import { countAmbiguous, countWaiting } from './queries/waiting-for-contacts.ts';

/** What does not stand in the database. */
export type RunningProcess = Pick<
  AttentionFacts,
  'emailServer' | 'brandServers' | 'publicUrlMissing' | 'workerMissing'
> & {
  isOpen(connectionId: string): boolean;
  titleOf(connector: string): string;
  /** Why it is refused, in the words of whoever connected it. */
  statusOf(row: ConnectionRow): FailureMessage | null;
  /** What was found of it, likewise. */
  findingsOf(row: ConnectionRow): readonly Finding[];
};

/** What needs a person in a workspace now, the most urgent first. */
export async function attention(db: Queryable, workspaceId: string, running: RunningProcess): Promise<Attention[]> {
  const workspace = await findWorkspace(db, workspaceId);
  const waiting = await backlogs(db, workspaceId);
  const rows = (await listConnections(db)).filter((row) => row.workspaceId === workspaceId);
  const live = await listSurveys(db, workspaceId, 'live');
  const withServer = (await listBrands(db, workspaceId)).filter(({ encryptedSmtpUrl }) => encryptedSmtpUrl !== null);
  const sendsElsewhere = (brand: string | undefined) => withServer.some(({ key }) => key === brand);
  return findAttention({
    connections: rows.map((row) => ({
      id: row.id,
      title: titleOf(row, running),
      status: row.status === 'disconnected' ? 'unauthorized' : row.status,
      statusDetail: running.statusOf(row),
      open: running.isOpen(row.id),
      pausedAsking: row.surveysPausedAt !== null,
      pausedWriting: row.writeBackPausedAt !== null,
      clearing: row.clearingSince !== null,
      findings: running.findingsOf(row),
      recordsFailed: waiting.get(row.id)?.recordsFailed ?? 0,
    })),
    pausedAsking: workspace?.surveysPausedAt != null,
    pausedWriting: workspace?.writeBackPausedAt != null,
    liveSurveys: live.map(({ key }) => key),
    surveysWithoutServer: live.flatMap(({ key, content }) => (sendsElsewhere(content.delivery.brand) ? [] : [key])),
    emailServer: running.emailServer,
    brandServers: running.brandServers,
    deferredByCap: await countWaiting(db, workspaceId, 'daily_cap'),
    refusedEmails: await countWaiting(db, workspaceId, 'email_refused'),
    ambiguousRecords: await countAmbiguous(db, workspaceId),
    publicUrlMissing: running.publicUrlMissing,
    workerMissing: running.workerMissing,
  });
}

function titleOf({ name, connector, account }: ConnectionRow, { titleOf }: RunningProcess): ConnectionTitle {
  if (name !== null) return { code: 'connection', params: { kind: 'named', name } };
  const system = titleOf(connector);
  if (account === null) return { code: 'connection', params: { kind: 'system', system } };
  return { code: 'connection', params: { kind: 'account', system, account } };
}
