import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, after, anInvitation, aSurvey, day, minute, now } from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { ConnectionRow } from '../../connections/queries/connections.ts';
import { findAsked } from '../../decisions/queries/history.ts';
import type { VersionedSurvey } from '../../surveys/queries/surveys.ts';
import {
  addInvitation,
  expireInvitations,
  findInvitation,
  openInvitation,
  scheduledFor,
  scheduledForContact,
  updateInvitation,
} from './invitations.ts';

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

  test('whose email has not left are found by ticket and by contact', async () => {
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

    const asked = (await findAsked(database.db, [{ contactId }])).get(contactId) ?? [];
    expect(asked.toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual([
      { metric: 'nps', survey: 'after-ticket', at: after(-day) },
      { metric: 'nps', survey: 'after-ticket', at: after(day) },
    ]);
    const other = await invite(here);
    const both = await findAsked(database.db, [{ contactId, deciding: invitation.id }, { contactId: other.contactId }]);
    expect(both.get(contactId)).toMatchObject([{ at: after(-day) }]);
    expect(both.get(other.contactId)).toHaveLength(1);
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
