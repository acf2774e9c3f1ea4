import { type Attention, type AttentionFacts, attentionOf } from '../domain/attention.ts';
import { listBrands } from '../store/brands.ts';
import { backlogs, type ConnectionRow, listConnections } from '../store/connections.ts';
import type { Queryable } from '../store/database.ts';
import { listSurveys } from '../store/surveys.ts';
import { countAmbiguous, countWaiting } from '../store/waiting-for-people.ts';
import { findWorkspace } from '../store/workspaces.ts';

/** What does not stand in the database. */
export type Running = Pick<AttentionFacts, 'mailServer' | 'brandServers' | 'publicUrlMissing'> & {
  isOpen(connectionId: string): boolean;
  titleOf(connector: string): string;
  /** Why it is refused, in the words of whoever connected it. */
  statusOf(row: ConnectionRow): string | null;
};

/** What needs a person in a workspace now, the most urgent first. */
export async function attention(db: Queryable, workspaceId: string, running: Running): Promise<Attention[]> {
  const workspace = await findWorkspace(db, workspaceId);
  const waiting = await backlogs(db, workspaceId);
  const rows = (await listConnections(db)).filter((row) => row.workspaceId === workspaceId);
  const live = await listSurveys(db, workspaceId, 'live');
  const withServer = (await listBrands(db, workspaceId)).filter(({ sealedSmtpUrl }) => sealedSmtpUrl !== null);
  const sendsElsewhere = (brand: string | undefined) => withServer.some(({ key }) => key === brand);
  return attentionOf({
    connections: rows.map((row) => ({
      id: row.id,
      title: titleOf(row, running),
      status: row.status === 'retired' ? 'refused' : row.status,
      statusDetail: running.statusOf(row),
      open: running.isOpen(row.id),
      pausedAsking: row.askingPausedAt !== null,
      pausedWriting: row.writingPausedAt !== null,
      clearing: row.clearingSince !== null,
      findings: row.findings,
      recordsParked: waiting.get(row.id)?.recordsParked ?? 0,
    })),
    pausedAsking: workspace?.askingPausedAt != null,
    pausedWriting: workspace?.writingPausedAt != null,
    liveSurveys: live.map(({ key }) => key),
    surveysWithoutServer: live.flatMap(({ key, content }) => (sendsElsewhere(content.delivery.brand) ? [] : [key])),
    mailServer: running.mailServer,
    brandServers: running.brandServers,
    heldByCap: await countWaiting(db, workspaceId, 'daily_cap'),
    refusedEmails: await countWaiting(db, workspaceId, 'mail_refused'),
    ambiguousRecords: await countAmbiguous(db, workspaceId),
    publicUrlMissing: running.publicUrlMissing,
  });
}

function titleOf({ name, connector, account }: ConnectionRow, { titleOf: system }: Running): string {
  if (name !== null) return name;
  return account === null ? system(connector) : `${system(connector)}, account ${account}`;
}
