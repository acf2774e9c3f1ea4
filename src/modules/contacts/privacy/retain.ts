import { milliseconds } from '../../../model/duration.ts';
import { dayMs } from '../../../model/time-units.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { startBudget } from '../../../platform/jobs/run-due.ts';
import { findWorkspace, type Workspace } from '../../../platform/workspaces/queries.ts';
import { listSurveys } from '../../surveys/index.ts';
import type { ContactsContext } from '../context.ts';
import { deleteOldAnswers, deleteUnused, type Forgotten, withOldAnswers } from '../queries/expired-contacts.ts';
import { type Expiry, outdated, passing, retainAgainAt, retryClearing } from '../queries/expiry.ts';
import { suppress } from '../queries/suppressions.ts';

const batch = 500;
const contactsAtOnce = 100;

/** Callers ask again within minutes, and vendors deliver again within days. */
const answersRetentionMs = dayMs;
const eventsRetentionMs = 90 * dayMs;

/** Long enough to look into a flood, and two years of who changed what: whoever audits a year finds the one before. */
const refusedRetentionMs = 90 * dayMs;
const auditRetentionMs = 730 * dayMs;

/** As long as a vendor may be out of reach before the fields on a record there are left to whoever runs it. */
const clearingTriedMs = 30 * dayMs;

/**
 * Once a day: deletes what is older than the workspace keeps, a batch at a time, and what nobody keeps. The records at
 * the vendors' stay as they stand.
 */
export async function retain(context: ContactsContext, workspaceId: string, signal: AbortSignal): Promise<void> {
  const { database, clock, monotonic, log, wake } = context;
  const workspace = await findWorkspace(database.db, workspaceId);
  if (!workspace) return;
  const isSpent = startBudget(monotonic);
  const goesOn = () => !signal.aborted && !isSpent();
  const now = clock();
  const ago = (length: number) => new Date(now.getTime() - length);

  const givenUp = await retryClearing(database.db, workspaceId, { now, giveUpBefore: ago(clearingTriedMs) });
  if (givenUp > 0)
    log.warn(
      { code: 'contact.erasure_incomplete', contacts: givenUp },
      'Records of erased contacts could not be cleared and were given up.',
    );
  const retentionMs = workspace.retention === null ? undefined : milliseconds(workspace.retention);
  const events = ago(Math.min(eventsRetentionMs, retentionMs ?? eventsRetentionMs));
  const before = {
    answers: ago(answersRetentionMs),
    events,
    audited: ago(auditRetentionMs),
    refused: ago(refusedRetentionMs),
  };
  let removed = await untilGone(database.db, passing(workspaceId, before), goesOn);
  if (retentionMs !== undefined) removed += await retainFor(context, workspace, ago(retentionMs), goesOn);
  if (removed > 0)
    log.info({ code: 'retention.deleted', workspace: workspaceId, rows: removed }, 'What was too old was deleted.');
  if (goesOn()) await retainAgainAt(database.db, workspaceId, new Date(now.getTime() + dayMs));
  else await wake('retention', workspaceId);
}

async function retainFor(
  context: ContactsContext,
  { id }: Workspace,
  before: Date,
  goesOn: () => boolean,
): Promise<number> {
  const { database, clock } = context;
  const asked = new Date(Math.min(before.getTime(), clock().getTime() - (await longestQuietPeriod(database.db, id))));
  return (
    (await forgetAnswers(context, id, before, goesOn)) +
    (await untilGone(database.db, outdated(id, { retained: before, asked }, clock()), goesOn)) +
    (await forgetContacts(context, id, before, goesOn))
  );
}

async function untilGone(db: Queryable, expiries: readonly Expiry[], goesOn: () => boolean): Promise<number> {
  let removed = 0;
  for (const expire of expiries) {
    let latest = batch;
    while (latest === batch && goesOn()) {
      latest = await expire(db, batch);
      removed += latest;
    }
  }
  return removed;
}

async function longestQuietPeriod(db: Queryable, workspaceId: string): Promise<number> {
  const surveys = await listSurveys(db, workspaceId);
  const periods = surveys.flatMap(({ content: { audience } }) => [audience.quietPeriod, audience.quietPeriodAcross]);
  return Math.max(0, ...periods.map((period) => milliseconds(period)));
}

async function forgetAnswers(
  { database }: ContactsContext,
  workspaceId: string,
  before: Date,
  goesOn: () => boolean,
): Promise<number> {
  let forgotten = 0;
  while (goesOn()) {
    const contacts = await withOldAnswers(database.db, workspaceId, before, contactsAtOnce);
    if (contacts.length === 0) break;
    for (const id of contacts) await database.transaction((tx) => deleteOldAnswers(tx, id, before));
    forgotten += contacts.length;
  }
  return forgotten;
}

async function forgetContacts(
  { database, addressHashes, clock }: ContactsContext,
  workspaceId: string,
  before: Date,
  goesOn: () => boolean,
): Promise<number> {
  const unsubscribed = (survey: string) => (address: string) => {
    const [hash] = addressHashes.of(address);
    return { workspaceId, hash, survey, reason: 'unsubscribed' as const, at: clock() };
  };
  const suppressions = ({ addresses, unsubscribed: from }: Forgotten) =>
    (from === 'all' ? [''] : from).flatMap((survey) => addresses.map(unsubscribed(survey)));
  let forgotten = 0;
  let latest = contactsAtOnce;
  while (latest === contactsAtOnce && goesOn()) {
    latest = await database.transaction((tx) =>
      deleteUnused(tx, { workspaceId, before, limit: contactsAtOnce }, (contacts) =>
        suppress(tx, contacts.flatMap(suppressions)),
      ),
    );
    forgotten += latest;
  }
  return forgotten;
}
