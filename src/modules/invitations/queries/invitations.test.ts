import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, after, anInvitation, aSurvey, day, minute, now } from '../../../../test/stored.ts';
import type { DecisionReason } from '../../../model/messages/decision-reason.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { ConnectionRow } from '../../connections/queries/connections.ts';
import { askedOf } from '../../decisions/queries/history.ts';
import type { VersionedSurvey } from '../../surveys/queries/surveys.ts';
import {
  addInvitation,
  claimDue,
  expireInvitations,
  findInvitation,
  listNotYetDeferred,
  nextDelivery,
  openInvitation,
  releaseInvitations,
  scheduledFor,
  scheduledForContact,
  sentSince,
  updateInvitation,
} from './invitations.ts';

const all = { now, until: after(5 * minute), limit: 100 };

describeOnEachDatabase('invitations', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function asking(): Promise<{ connection: ConnectionRow; survey: VersionedSurvey; workspaceId: string }> {
    const connection = await aConnection(database);
    const survey = await aSurvey(database, connection.workspaceId);
    return { connection, survey, workspaceId: connection.workspaceId };
  }

  /** An invitation to somebody that nobody else knows, with these values. */
  async function invite(
    { connection, survey }: Awaited<ReturnType<typeof asking>>,
    values: NonNullable<Parameters<typeof anInvitation>[2]> = {},
  ) {
    nextContact += 1;
    return anInvitation(database, connection, { survey, email: `contact-${nextContact}@example.com`, ...values });
  }
  let nextContact = 0;

  test('have ids that nobody guesses', async () => {
    const here = await asking();
    const ids = [(await invite(here)).invitation.id, (await invite(here)).invitation.id];

    for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(16);
    expect(new Set(ids).size).toBe(2);
  });

  test('are taken when they are due, those that wait longest first, and by nobody else meanwhile', async () => {
    const here = await asking();
    const late = await invite(here, { dueAt: after(-minute) });
    const onTime = await invite(here);
    await invite(here, { dueAt: after(minute) });
    await invite(here, { dueAt: null });
    await invite(await asking());

    expect(await claimDue(database.db, here.workspaceId, { ...all, limit: 1 })).toMatchObject([
      { id: late.invitation.id, claimedUntil: all.until },
    ]);
    expect(await claimDue(database.db, here.workspaceId, all)).toMatchObject([{ id: onTime.invitation.id }]);
    expect(await claimDue(database.db, here.workspaceId, all)).toEqual([]);
    expect(await claimDue(database.db, here.workspaceId, { ...all, now: after(5 * minute) })).toHaveLength(3);
  });

  test('are shared out among claimers at once', async () => {
    const here = await asking();
    for (let n = 0; n < 6; n += 1) await invite(here);

    const claims = await Promise.all(
      [1, 2, 3].map(() => claimDue(database.db, here.workspaceId, { ...all, limit: 2 })),
    );

    expect(claims.map((claimed) => claimed.length)).toEqual([2, 2, 2]);
    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(6);
  });

  test('whose claimer is gone are free again', async () => {
    const [here, elsewhere] = [await asking(), await asking()];
    await invite(here);
    await invite(elsewhere);
    await claimDue(database.db, here.workspaceId, all);
    await claimDue(database.db, elsewhere.workspaceId, all);

    await releaseInvitations(database.db, here.workspaceId);

    expect(await claimDue(database.db, here.workspaceId, all)).toHaveLength(1);
    expect(await claimDue(database.db, elsewhere.workspaceId, all)).toEqual([]);
  });

  test('say when the next one may leave; one that a killed process had claimed, when its claim ends', async () => {
    const here = await asking();
    expect(await nextDelivery(database.db, here.workspaceId)).toBeUndefined();
    await invite(here, { dueAt: after(day) });
    expect(await nextDelivery(database.db, here.workspaceId)).toEqual(after(day));
    await invite(here);
    expect(await nextDelivery(database.db, here.workspaceId)).toEqual(now);
    await claimDue(database.db, here.workspaceId, all);

    expect(await nextDelivery(database.db, here.workspaceId)).toEqual(all.until);
  });

  test('of a decision there is one that is open; another may follow one that ended', async () => {
    const here = await asking();
    const { decision, invitation } = await invite(here);
    const { id: _id, status: _status, ...values } = invitation;
    await expect(addInvitation(database.db, values)).rejects.toThrow();
    expect(await openInvitation(database.db, decision.id)).toMatchObject({ id: invitation.id });

    await updateInvitation(database.db, invitation.id, { status: 'withdrawn' });
    expect(await openInvitation(database.db, decision.id)).toBeUndefined();
    const again = await addInvitation(database.db, values);
    await updateInvitation(database.db, again.id, { status: 'answered' });
    expect(await openInvitation(database.db, decision.id)).toMatchObject({ id: again.id });
  });

  test('whose mail has not left are found by ticket and by contact', async () => {
    const here = await asking();
    const { ticket, contactId, invitation } = await invite(here);
    const sent = await invite(here, { contactId });
    await updateInvitation(database.db, sent.invitation.id, { status: 'sent', sentAt: now });

    expect(await scheduledFor(database.db, ticket.id)).toMatchObject([{ id: invitation.id }]);
    expect(await scheduledFor(database.db, sent.ticket.id)).toEqual([]);
    expect(await scheduledForContact(database.db, contactId)).toMatchObject([{ id: invitation.id }]);
  });

  test('count as asked when they were sent, or are about to be', async () => {
    const here = await asking();
    const { contactId, invitation } = await invite(here, { dueAt: after(day) });
    const sent = await invite(here, { contactId });
    await updateInvitation(database.db, sent.invitation.id, { status: 'expired', sentAt: after(-day), dueAt: null });
    const withdrawn = await invite(here, { contactId });
    await updateInvitation(database.db, withdrawn.invitation.id, { status: 'withdrawn' });

    const asked = (await askedOf(database.db, [{ contactId }])).get(contactId) ?? [];
    expect(asked.toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual([
      { metric: 'nps', survey: 'after-ticket', at: after(-day) },
      { metric: 'nps', survey: 'after-ticket', at: after(day) },
    ]);
    const other = await invite(here);
    const both = await askedOf(database.db, [{ contactId, deciding: invitation.id }, { contactId: other.contactId }]);
    expect(both.get(contactId)).toMatchObject([{ at: after(-day) }]);
    expect(both.get(other.contactId)).toHaveLength(1);
  });

  test('that were sent count towards the cap of their survey', async () => {
    const here = await asking();
    const other = await aSurvey(database, here.workspaceId, 'another');
    for (const hours of [30, 20, 10]) {
      await invite(here, { sentAt: after(-hours * 60 * minute) });
    }
    await invite({ ...here, survey: other }, { sentAt: now });
    await invite(here);
    const of = { workspaceId: here.workspaceId, surveyId: here.survey.id };

    const since = (at: Date) => database.transaction((tx) => sentSince(tx, of, at));
    expect(await since(after(-day))).toEqual({ sent: 2, first: after(-20 * 60 * minute) });
    expect(await since(now)).toEqual({ sent: 0, first: null });
  });

  test('are counted by one sender at a time, so that two do not both use the last place', async () => {
    const here = await asking();
    const of = { workspaceId: here.workspaceId, surveyId: here.survey.id };
    const ready = [await invite(here), await invite(here), await invite(here)];
    const cap = 1;

    await Promise.all(
      ready.map(({ invitation }) =>
        database.transaction(async (tx) => {
          const { sent } = await sentSince(tx, of, after(-day));
          if (sent < cap) await updateInvitation(tx, invitation.id, { status: 'sent', sentAt: now });
        }),
      ),
    );

    expect(await database.transaction((tx) => sentSince(tx, of, after(-day)))).toMatchObject({ sent: 1 });
  });

  test('that wait are listed until the ledger says what they wait for', async () => {
    const here = await asking();
    const { invitation } = await invite(here);
    await invite(here, { dueAt: after(minute) });
    const waiting = (reason: DecisionReason) => listNotYetDeferred(database.db, here.workspaceId, now, reason);
    const paused = { code: 'paused', params: { kind: 'everything' } } as const;

    expect(await waiting(paused)).toMatchObject([{ id: invitation.id }]);
    await updateInvitation(database.db, invitation.id, { waitingFor: paused });
    expect(await waiting(paused)).toEqual([]);
    expect(await waiting({ code: 'paused', params: { kind: 'connection' } })).toHaveLength(1);
    expect(await waiting({ code: 'email_server_busy', params: {} })).toHaveLength(1);
  });

  test('expire when no one answered in time, and only then', async () => {
    const here = await asking();
    const [open, over, answered] = [await invite(here), await invite(here), await invite(here)];
    await updateInvitation(database.db, open.invitation.id, { status: 'sent', expiresAt: after(1) });
    await updateInvitation(database.db, over.invitation.id, { status: 'sent', expiresAt: now, dueAt: after(minute) });
    await updateInvitation(database.db, answered.invitation.id, { status: 'answered', expiresAt: now });

    expect(await expireInvitations(database.db, now)).toBe(1);
    expect(await findInvitation(database.db, over.invitation.id)).toMatchObject({ status: 'expired', dueAt: null });
    expect(await findInvitation(database.db, open.invitation.id)).toMatchObject({ status: 'sent' });
    expect(await findInvitation(database.db, answered.invitation.id)).toMatchObject({ status: 'answered' });
  });
});
