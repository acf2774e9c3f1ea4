import { replay } from '../../domain/dry-run.ts';
import { readContent } from '../../domain/survey/survey.ts';
import { UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { type DryRunRow, findDryRun, updateDryRun } from '../../store/dry-runs.ts';
import type { VersionedSurvey } from '../../store/surveys.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Context } from '../context.ts';
import { inTurn } from '../in-turn.ts';
import { lookBack } from './look-back.ts';
import { type Place, readPlace, writePlace } from './place.ts';

/** Live work goes before: a run takes few of a vendor's calls at once. */
const atOnce = 2;
const batch = 50;
const runFor = 45_000;

/** More tickets than this tell nothing new, and would take a vendor's calls for hours. */
export const mostTickets = 20_000;

/** Goes on with a run where it stopped, for a minute at most. */
export async function dryRun(context: Context, id: string, signal: AbortSignal): Promise<void> {
  const { database, clock, wake } = context;
  const found = await findDryRun(database.db, id);
  if (found?.run.status !== 'running') return;
  const { run: row } = found;
  // As it was when the run began.
  const survey = { ...found.survey, content: readContent(row.content) };
  const place = readPlace(row.place);
  const started = Date.now();
  try {
    while (!signal.aborted && (await goOn(context, { row, survey, place }))) {
      if (!(await keep(context, { row, survey, place }))) return;
      if (Date.now() - started > runFor) break;
    }
  } catch (failure) {
    await pauseOrFail(context, id, failure);
    return;
  }
  const finished = place.queue.length === 0 && place.reading.every((reading) => reading.finished);
  await keep(context, { row, survey, place });
  if (finished) await updateDryRun(database.db, id, { status: 'finished', dueAt: null, place: {}, endedAt: clock() });
  else if (!signal.aborted) await wake('dry-run', id);
}

type Running = { row: DryRunRow; survey: VersionedSurvey; place: Place };

/** Looks at some tickets, or reads which ones changed. @returns whether there was anything to do */
async function goOn(context: Context, { row, survey, place }: Running): Promise<boolean> {
  const some = place.queue.slice(0, batch);
  if (some.length > 0) {
    const found = await inTurn(some, atOnce, (about) => lookBack(context, { ...about, since: row.since, survey }));
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

/** @returns whether it is still running: somebody may have cancelled it */
async function keep({ database, clock }: Context, { row, survey, place }: Running): Promise<boolean> {
  const workspace = await findWorkspace(database.db, row.workspaceId);
  const findings = {
    ...replay({ key: survey.key, ...survey.content }, place.replayed, workspace?.timeZone ?? 'UTC'),
    looked: place.seen.length - place.queue.length,
    found: place.seen.length,
    cutShort: place.seen.length >= mostTickets,
  };
  return updateDryRun(database.db, row.id, { place: writePlace(place), findings, dueAt: clock() });
}

/** A busy vendor is waited for; one that refuses ends the run, with the reason. */
async function pauseOrFail({ database, clock, log, wake }: Context, id: string, failure: unknown): Promise<void> {
  if (failure instanceof UpstreamBusy) {
    const dueAt = new Date(clock().getTime() + (failure.retryAfter ?? 5000));
    await updateDryRun(database.db, id, { dueAt });
    await wake('dry-run', id, dueAt);
    return;
  }
  const refused = failure instanceof UpstreamRefused;
  if (!refused) log.error({ err: failure, dryRun: id }, 'a dry run failed');
  const because = refused ? `${failure.message}. ${failure.remedy}` : 'Something went wrong here. It was logged.';
  await updateDryRun(database.db, id, { status: 'failed', because, dueAt: null, place: {}, endedAt: clock() });
}
