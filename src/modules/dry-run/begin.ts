import { BadRequest, NotFound } from '../../model/errors.ts';
import { dayMs } from '../../model/time-units.ts';
import { listConnections } from '../connections/index.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { listEditedSurveys, listensTo } from '../surveys/index.ts';
import { emptyPlace } from './place.ts';
import { addDryRun, type DryRunRow, findDryRun, updateDryRun } from './queries.ts';

/**
 * Begins to find out whom a survey would have asked about the tickets of the last days. Nothing is sent, and nothing
 * is kept about anybody. What is being worked on goes before what was published.
 *
 * @param about.days how far to look back, 30 at most
 * @throws NotFound when there is no such survey
 * @throws RequestError when no connection is there whose tickets could be read
 */
export async function beginDryRun(
  context: InvitationsContext,
  { workspaceId, surveyKey, days = 30 }: { workspaceId: string; surveyKey: string; days?: number },
): Promise<DryRunRow> {
  const { database, clock, wake, connections } = context;
  const [edited] = await listEditedSurveys(database.db, workspaceId, surveyKey);
  const content = edited?.draft ?? edited?.published?.content;
  if (!edited || !content) throw new NotFound('survey');
  const listened = (await listConnections(database.db)).filter(
    (row) => row.workspaceId === workspaceId && row.status === 'ready' && listensTo(content.audience, row),
  );
  const readable = listened.filter(({ id }) => connections.find(id)?.capabilities.tickets);
  if (readable.length === 0) {
    const message = { code: 'field.no_connection', params: {} } as const;
    throw new BadRequest(
      { code: 'no_connection', params: {} },
      { problems: [{ field: 'audience.connections', message }] },
    );
  }
  const now = clock();
  const row = await addDryRun(database.db, {
    workspaceId,
    surveyId: edited.row.id,
    content: { ...content },
    place: emptyPlace(readable.map(({ id }) => id)),
    since: new Date(now.getTime() - days * dayMs),
    createdAt: now,
  });
  await wake('dry-run', row.id);
  return row;
}

/** Ends one that is running; what it found so far stays. @throws NotFound when there is no such run here */
export async function cancelDryRun(
  { database, clock }: InvitationsContext,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  const found = await findDryRun(database.db, id);
  if (found?.run.workspaceId !== workspaceId) throw new NotFound('dry_run');
  await updateDryRun(database.db, id, { status: 'cancelled', dueAt: null, place: {}, endedAt: clock() });
}
