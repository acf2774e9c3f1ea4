import { beforeAll, expect, test } from 'vitest';
import { describeConcurrent, describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, after, anInvitation, aSurvey, day, minute, now } from '../../../../test/stored.ts';
import type { DecisionReason } from '../../../model/messages/decision-reason.ts';
import type { Database } from '../../../platform/database/database.ts';
import { noMetrics } from '../../../platform/metrics.ts';
import { pauseWorkspace } from '../../../platform/workspaces/queries.ts';
import { type ConnectionRow, updateConnection } from '../../connections/queries/connections.ts';
import { updateContact } from '../../contacts/queries/contacts.ts';
import { recordVerdicts } from '../../decisions/queries/decisions.ts';
import type { VersionedSurvey } from '../../surveys/queries/surveys.ts';
import { claimDue, clearInvitations, countCleared, listDueConnections, nextRecheck, releaseClaimed } from './due.ts';
import type { DueKey } from './due-key.ts';
import { countSince, findInvitation, updateInvitation } from './invitations.ts';
import { claimCleared, listServersInUse, releaseLeaving } from './sending.ts';
import { listNotYetDeferred } from './stopped-surveys.ts';

const all = { now, until: after(5 * minute), limit: 100 };
const clearance = { reminder: 0, zone: null, notes: [] };

type Here = DueKey & { connection: ConnectionRow; survey: VersionedSurvey; serverId: string };

describeOnEachDatabase('due invitations', (open) => {
  let database: Database;
  let nextContact = 0;
  beforeAll(async () => {
    database = await open();
  });

  async function asking(): Promise<Here> {
    const connection = await aConnection(database);
    const survey = await aSurvey(database, connection.workspaceId);
    const { id: connectionId, workspaceId } = connection;
    return { connection, survey, connectionId, workspaceId, serverId: `server of ${workspaceId}` };
  }

  /** An invitation to a contact whom nobody else knows, with these values. */
  async function invite({ connection, survey }: Here, values: NonNullable<Parameters<typeof anInvitation>[2]> = {}) {
    nextContact += 1;
    return anInvitation(database, connection, { survey, email: `contact-${nextContact}@example.com`, ...values });
  }

  /** One whose email may leave for a minute. */
  async function cleared(here: Here, values: Parameters<typeof invite>[1] = {}) {
    const invited = await invite(here, values);
    const { id, email } = invited.invitation;
    await clearInvitations(database.db, [{ id, email, emailServerId: here.serverId, clearance }], after(minute));
    return invited;
  }

  const leaving = ({ serverId }: Here, claim: Partial<typeof all> = {}) =>
    claimCleared(database.db, serverId, { ...all, ...claim });

  test('are claimed to be rechecked once, the oldest first, each for its connection', async () => {
    const here = await asking();
    const late = await invite(here, { dueAt: after(-minute) });
    const onTime = await invite(here);
    await invite(here, { dueAt: after(minute) });
    await invite(here, { dueAt: null });
    await invite(await asking());

    expect(await claimDue(database.db, here, { ...all, limit: 1 })).toMatchObject([
      { id: late.invitation.id, claimedUntil: all.until },
    ]);
    expect(await claimDue(database.db, here, all)).toMatchObject([{ id: onTime.invitation.id }]);
    expect(await claimDue(database.db, here, all)).toEqual([]);
    expect(await claimDue(database.db, here, { ...all, now: after(5 * minute) })).toHaveLength(3);
  });

  test('to contacts without a record are claimed for their workspace', async () => {
    const here = await asking();
    const without = await invite(here, { connectionId: null });
    const with_ = await invite(here);
    const key = { workspaceId: here.workspaceId, connectionId: null };

    expect(await listDueConnections(database.db, here.workspaceId, now)).toEqual([here.connectionId]);
    expect(await claimDue(database.db, key, all)).toMatchObject([{ id: without.invitation.id }]);
    expect(await claimDue(database.db, here, all)).toMatchObject([{ id: with_.invitation.id }]);
  });

  test('are shared out among claimers at once', async () => {
    const here = await asking();
    for (let n = 0; n < 6; n += 1) await invite(here);

    const claims = await Promise.all([1, 2, 3].map(() => claimDue(database.db, here, { ...all, limit: 2 })));

    expect(claims.map((claimed) => claimed.length)).toEqual([2, 2, 2]);
    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(6);
  });

  test('whose claimer is gone are free again', async () => {
    const [here, elsewhere] = [await asking(), await asking()];
    await invite(here);
    await invite(elsewhere);
    await claimDue(database.db, here, all);
    await claimDue(database.db, elsewhere, all);

    await releaseClaimed(database.db, here);

    expect(await claimDue(database.db, here, all)).toHaveLength(1);
    expect(await claimDue(database.db, elsewhere, all)).toEqual([]);
  });

  test('say when the next one may be rechecked: one that is claimed or cleared, when that ends', async () => {
    const here = await asking();
    expect(await nextRecheck(database.db, here, now)).toBeUndefined();
    await invite(here, { dueAt: after(day) });
    expect(await nextRecheck(database.db, here, now)).toEqual(after(day));
    await invite(here);
    await claimDue(database.db, here, all);
    expect(await nextRecheck(database.db, here, now)).toEqual(all.until);

    await cleared(here);

    expect(await nextRecheck(database.db, here, now)).toEqual(after(minute));
  });

  test('that were cleared are claimed by their email server, count as asked from then on, and are not rechecked', async () => {
    const here = await asking();
    const { invitation } = await cleared(here);
    await invite(here, { dueAt: after(minute) });

    expect(await countCleared(database.db, here, now)).toBe(1);
    expect(await listServersInUse(database.db, now)).toContain(here.serverId);
    expect(await claimDue(database.db, here, all)).toEqual([]);
    expect(await claimCleared(database.db, 'another', all)).toEqual([]);
    expect(await leaving(here)).toMatchObject([
      { id: invitation.id, sentAt: now, sentBefore: null, claimedUntil: all.until, clearance },
    ]);
    expect(await leaving(here)).toEqual([]);
  });

  test('that may have arrived at an earlier try say when that was', async () => {
    const here = await asking();
    await cleared(here, { sentAt: after(-day) });

    expect(await leaving(here)).toMatchObject([{ sentAt: now, sentBefore: after(-day) }]);
  });

  test('that were reminded of leave the time of the email that asked alone', async () => {
    const here = await asking();
    const { invitation } = await invite(here);
    await updateInvitation(database.db, invitation.id, { status: 'sent', sentAt: after(-day), dueAt: now });
    const { id, email } = invitation;
    const reminder = { ...clearance, reminder: 1 };
    const due = [{ id, email, emailServerId: here.serverId, clearance: reminder }];
    await clearInvitations(database.db, due, after(minute));

    expect(await leaving(here)).toMatchObject([{ sentAt: after(-day), clearance: reminder }]);
  });

  test('that were not sent in time are rechecked', async () => {
    const here = await asking();
    const { invitation } = await cleared(here);
    const late = after(minute);

    expect(await leaving(here, { now: late })).toEqual([]);
    expect(await claimDue(database.db, here, { ...all, now: late })).toMatchObject([
      { id: invitation.id, clearedUntil: null },
    ]);
  });

  test('whose sender is gone may leave still', async () => {
    const here = await asking();
    await cleared(here);
    await leaving(here);

    await releaseLeaving(database.db, here.serverId);

    expect(await leaving(here)).toMatchObject([{ sentBefore: now }]);
  });

  test.each<[string, (here: Here, asked: Awaited<ReturnType<typeof invite>>) => Promise<unknown>]>([
    ['the workspace was paused', ({ workspaceId }) => pauseWorkspace(database.db, workspaceId, 'asking', now)],
    [
      'the connection was paused',
      ({ connection }) => updateConnection(database.db, connection.id, { surveysPausedAt: now }),
    ],
    [
      'the contact unsubscribed',
      (_here, { contactId }) => updateContact(database.db, contactId, { unsubscribedAt: now }),
    ],
    [
      'the contact is not to be surveyed',
      (_here, { contactId }) => updateContact(database.db, contactId, { doNotSurvey: true }),
    ],
    [
      'it was answered',
      (_here, { invitation }) => updateInvitation(database.db, invitation.id, { status: 'answered' }),
    ],
    ['it was put off', (_here, { invitation }) => updateInvitation(database.db, invitation.id, { dueAt: after(1) })],
  ])('do not leave when %s after they were cleared', async (_title, happens) => {
    const here = await asking();
    const asked = await cleared(here);

    await happens(here, asked);

    expect(await leaving(here)).toEqual([]);
    expect(await findInvitation(database.db, asked.invitation.id)).toMatchObject({ sentAt: null });
  });

  test('count towards the cap of their survey when they were sent or may leave', async () => {
    const here = await asking();
    const other = { ...here, survey: await aSurvey(database, here.workspaceId, 'another') };
    for (const hours of [30, 20, 10]) await invite(here, { sentAt: after(-hours * 60 * minute) });
    await invite(other, { sentAt: now });
    await invite(here);
    const of = { workspaceId: here.workspaceId, surveyId: here.survey.id };

    const since = (at: Date) => database.transaction((tx) => countSince(tx, of, { since: at, now }));
    expect(await since(after(-day))).toEqual({ sent: 2, first: after(-20 * 60 * minute) });
    expect(await since(now)).toEqual({ sent: 0, first: null });
    await cleared(here);
    await cleared(here, { sentAt: after(-60 * minute) });
    expect(await since(after(-day))).toMatchObject({ sent: 4 });
  });

  test('are counted by one process at a time, so that two do not both use the last place', async () => {
    const here = await asking();
    const of = { workspaceId: here.workspaceId, surveyId: here.survey.id };
    const ready = [await invite(here), await invite(here), await invite(here)];
    const cap = 1;
    const within = { since: after(-day), now };

    await Promise.all(
      ready.map(({ invitation: { id, email } }) =>
        database.transaction(async (tx) => {
          const { sent } = await countSince(tx, of, within);
          const one = [{ id, email, emailServerId: here.serverId, clearance }];
          if (sent < cap) await clearInvitations(tx, one, after(minute));
        }),
      ),
    );

    expect(await database.transaction((tx) => countSince(tx, of, within))).toMatchObject({ sent: 1 });
  });

  test('that wait are listed until the ledger says what they wait for', async () => {
    const here = await asking();
    const { invitation } = await invite(here);
    await invite(here, { dueAt: after(minute) });
    const waiting = (reason: DecisionReason) => listNotYetDeferred(database.db, here, now, reason);
    const paused = { code: 'paused', params: { kind: 'everything' } } as const;

    expect(await waiting(paused)).toMatchObject([{ id: invitation.id }]);
    await updateInvitation(database.db, invitation.id, { waitingFor: paused });
    expect(await waiting(paused)).toEqual([]);
    expect(await waiting({ code: 'paused', params: { kind: 'connection' } })).toHaveLength(1);
    expect(await waiting({ code: 'email_server_busy', params: {} })).toHaveLength(1);
  });
});

describeConcurrent('two processes that decide for one workspace', (open) => {
  test('both save their decisions and count, and neither is ended as a deadlock', async () => {
    const database = await open();
    const connection = await aConnection(database);
    const survey = await aSurvey(database, connection.workspaceId);
    const of = { workspaceId: connection.workspaceId, surveyId: survey.id };
    const asked = [
      await anInvitation(database, connection, { survey, email: 'ann@example.com' }),
      await anInvitation(database, connection, { survey, email: 'bo@example.com' }),
    ];
    const both = Array.from(asked, () => Promise.withResolvers<void>());

    const counted = await Promise.all(
      asked.map(({ decision, contactId }, n) =>
        database.transaction(async (tx) => {
          const reason = { code: 'survey_paused', params: {} } as const;
          await recordVerdicts(
            tx,
            { metrics: noMetrics },
            [{ decisionId: decision.id, contactId, verdict: 'waiting', reason, notes: [] }],
            now,
          );
          both[n]?.resolve();
          await Promise.all(both.map(({ promise }) => promise));
          return countSince(tx, of, { since: after(-day), now });
        }),
      ),
    );

    expect(counted).toEqual([
      { sent: 0, first: null },
      { sent: 0, first: null },
    ]);
  });
});
