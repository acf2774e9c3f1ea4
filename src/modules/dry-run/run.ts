import { propertiesIn } from '../../model/conditions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import { startBudget } from '../../platform/jobs/run-due.ts';
import { runInTurn } from '../../platform/jobs/run-in-turn.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { readContent, type VersionedSurvey } from '../surveys/index.ts';
import { readTickets } from '../tickets/index.ts';
import { type Replayed, replayTickets } from './dry-run.ts';
import { type Place, readPlace, writePlace } from './place.ts';
import { type DryRunRow, findDryRun, updateDryRun } from './queries.ts';
import { replayPast } from './replay-past.ts';

/** Live work goes before: a run takes few of a vendor's calls at once. */
const atOnce = 2;
const batch = 100;
const dryRunBudgetMs = 45_000;

/** What was found is put in order and kept no more often than this; a crash looks at the rest once more. */
const saveEveryMs = 5000;

/** More tickets than this tell nothing new, and would take a vendor's calls for hours. */
export const mostTickets = 20_000;

/** Goes on with a run where it stopped, for a minute at most. */
export async function runDryRun(context: InvitationsContext, id: string, signal: AbortSignal): Promise<void> {
  const { database, clock, monotonic, wake } = context;
  const found = await findDryRun(database.db, id);
  if (found?.run.status !== 'running') return;
  const { run: row } = found;
  // As it was when the run began.
  const survey = { ...found.survey, content: readContent(row.content) };
  const place = readPlace(row.place);
  const running = { row, survey, place };
  const isSpent = startBudget(monotonic, dryRunBudgetMs);
  let savedAt = monotonic();
  try {
    while (!signal.aborted && !isSpent() && (await goOn(context, running))) {
      if (monotonic() - savedAt < saveEveryMs) continue;
      // Somebody may have cancelled it.
      if (!(await updateDryRun(database.db, id, await soFar(context, running)))) return;
      savedAt = monotonic();
    }
  } catch (failure) {
    await pauseOrFail(context, running, failure);
    return;
  }
  const changes = await soFar(context, running);
  const finished = place.queue.length === 0 && place.reading.every((reading) => reading.finished);
  const ended = { status: 'finished' as const, dueAt: null, place: {}, endedAt: clock() };
  await updateDryRun(database.db, id, { ...changes, ...(finished ? ended : {}) });
  if (!finished && !signal.aborted) await wake('dry-run', id);
}

type Running = { row: DryRunRow; survey: VersionedSurvey; place: Place };

/** Looks at some tickets, or reads which ones changed. @returns whether there was anything to do */
async function goOn(context: InvitationsContext, { row, survey, place }: Running): Promise<boolean> {
  const some = place.queue.slice(0, batch);
  if (some.length > 0) {
    const found = await replayPastOf(context, some, { row, survey });
    place.queue.splice(0, some.length);
    place.replayed.push(...found.filter((one) => one !== undefined));
    return true;
  }
  const reading = place.reading.find(({ finished }) => !finished);
  if (!reading) return false;
  const tickets = context.connections.find(reading.connection)?.capabilities.tickets;
  if (!tickets || place.seen.length >= mostTickets) {
    reading.finished = true;
    return true;
  }
  const page = await tickets.changedSince(row.since, reading.cursor);
  const known = new Set(place.seen);
  for (const { id } of page.changes) {
    const key = `${reading.connection} ${id}`;
    if (known.has(key)) continue;
    known.add(key);
    place.queue.push({ connection: reading.connection, ticket: id });
  }
  place.seen = [...known];
  reading.finished = !page.more;
  if (page.cursor !== undefined) reading.cursor = page.cursor;
  return true;
}

async function replayPastOf(
  context: InvitationsContext,
  some: Place['queue'],
  { row, survey }: Pick<Running, 'row' | 'survey'>,
): Promise<(Replayed | undefined)[]> {
  const properties = propertiesIn(survey.content.audience.conditions);
  const found: (Replayed | undefined)[] = [];
  for (const [connection, queued] of Map.groupBy(some, (about) => about.connection)) {
    const live = context.connections.find(connection);
    if (!live) continue;
    const ids = queued.map(({ ticket }) => ticket);
    const snapshots = [...(await readTickets(live, ids, { properties }))].map(([, reading]) => {
      if ('failure' in reading) throw reading.failure;
      return reading.snapshot;
    });
    const about = { connection, since: row.since, survey };
    found.push(...(await runInTurn(snapshots, atOnce, (snapshot) => replayPast(context, snapshot, about))));
  }
  return found;
}

/** Where it is, and what came out so far. */
async function soFar(
  { database, clock }: InvitationsContext,
  { row, survey, place }: Running,
): Promise<Partial<DryRunRow>> {
  const workspace = await findWorkspace(database.db, row.workspaceId);
  const findings = {
    ...replayTickets({ key: survey.key, ...survey.content }, place.replayed, workspace?.timeZone ?? 'UTC'),
    read: place.seen.length - place.queue.length,
    found: place.seen.length,
    cutShort: place.seen.length >= mostTickets,
  };
  return { place: writePlace(place), findings, dueAt: clock() };
}

/** A busy vendor is waited for; one that refuses ends the run, with the reason. */
async function pauseOrFail(context: InvitationsContext, running: Running, failure: unknown): Promise<void> {
  const { database, clock, log, wake } = context;
  const { id } = running.row;
  const changes = await soFar(context, running);
  if (failure instanceof UpstreamBusy) {
    const dueAt = new Date(clock().getTime() + (failure.retryAfter ?? 5000));
    await updateDryRun(database.db, id, { ...changes, dueAt });
    await wake('dry-run', id, dueAt);
    return;
  }
  const refused = failure instanceof UpstreamRefused;
  if (!refused) log.error({ code: 'dry_run.failed', err: failure, dryRun: id }, 'A dry run failed.');
  const why: FailureMessage = refused ? failure.why : { code: 'internal', params: {} };
  const ended = { status: 'failed' as const, why, dueAt: null, place: {}, endedAt: clock() };
  await updateDryRun(database.db, id, { ...changes, ...ended });
}
