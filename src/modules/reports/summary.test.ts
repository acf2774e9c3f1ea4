import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { type Asked, aConnection, aContact, after, anInvitation, aWorkspace, day, now } from '../../../test/stored.ts';
import type { Metric } from '../../model/scale.ts';
import type { Database } from '../../platform/database/database.ts';
import { workspace } from '../../platform/workspaces/tables.ts';
import { contact } from '../contacts/tables.ts';
import { findInvitation, type InvitationRow, updateInvitation } from '../invitations/queries/invitations.ts';
import { crmFields } from '../records/tables.ts';
import { addResponse, type ResponseRow } from '../responses/queries/responses.ts';
import { applySurveys, listSurveys, type VersionedSurvey } from '../surveys/queries/surveys.ts';
import { surveyDefinition } from '../surveys/survey.ts';
import { resolution } from '../tickets/tables.ts';
import { report } from './report.ts';
import { type ReportQuery, summarize } from './summary.ts';

type Definition = { key: string; metric: Metric; scale?: number };
type Answer = Partial<ResponseRow> & { rating: number };
type AskOptions = {
  survey?: string;
  sent?: Partial<InvitationRow>;
  answer?: Answer;
  ticket?: Partial<typeof resolution.$inferInsert>;
};

describeOnEachDatabase('a summary', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A workspace of its own, with these surveys. */
  async function world(...definitions: readonly Definition[]) {
    return worldIn(await aWorkspace(database), ...definitions);
  }

  async function worldIn(workspaceId: string, ...definitions: readonly Definition[]) {
    const connection = await aConnection(database, { workspaceId });
    const define = async (defined: readonly Definition[]) => {
      const parsed = defined.map((definition) => surveyDefinition.parse({ status: 'live', ...definition }));
      await applySurveys(database.db, workspaceId, 'file', parsed, now);
    };
    await define(definitions.length > 0 ? definitions : [{ key: 'nps', metric: 'nps' }]);

    /** Somebody is asked, a day ago unless said, and may have answered today. */
    async function ask({ survey: key = 'nps', sent = {}, answer, ticket }: AskOptions = {}) {
      const survey = (await listSurveys(database.db, workspaceId)).find((found) => found.key === key);
      if (!survey) throw new Error(`there is no survey ${key}`);
      const contactId = await aContact(database, connection);
      const asked = await anInvitation(database, connection, { survey, contactId, createdAt: after(-2 * day) });
      const status = answer ? 'answered' : 'sent';
      await updateInvitation(database.db, asked.invitation.id, { status, sentAt: after(-day), dueAt: null, ...sent });
      if (ticket) await resolve(asked, ticket);
      if (answer) await respond(asked.invitation.id, survey, answer);
    }

    /** The ticket is as it was at another resolution, about which they are asked. */
    async function resolve({ ticket, invitation }: Asked, shown: Partial<typeof resolution.$inferInsert>) {
      const id = randomUUID();
      const seen = { n: 2, resolvedAt: now, firstSeenAt: now, exact: true, seenOpen: true };
      await database.db.insert(resolution).values({ id, workspaceId, ticketId: ticket.id, ...seen, ...shown });
      await updateInvitation(database.db, invitation.id, { resolutionId: id });
    }

    async function respond(invitationId: string, survey: VersionedSurvey, answer: Answer) {
      const { metric, scale } = survey.content;
      const invitation = await findInvitation(database.db, invitationId);
      if (!invitation) throw new Error('the invitation vanished');
      await addResponse(database.db, {
        ...{ workspaceId, invitationId, contactId: invitation.contactId, surveyId: survey.id },
        ...{ surveyVersion: invitation.surveyVersion, metric, scale, confirmedBy: 'submit' },
        ...{ answeredAt: after(-1000), ratedAt: after(-1000), changedAt: after(-1000) },
        ...answer,
      });
    }

    async function summary(question: Partial<ReportQuery> = {}) {
      const asked = { workspaceId, ...(question.survey ? {} : { metric: 'nps' as const }), ...question };
      const found = await summarize(database.db, asked, now);
      expect(report.parse(structuredClone(found))).toEqual(found);
      return found;
    }

    return { define, ask, summary, workspaceId, connectionId: connection.id };
  }

  test('of nothing has no score and no rates', async () => {
    const { summary } = await world();

    const nothing = {
      ...{ invited: 0, bounced: 0, delivered: 0, answered: 0, responseRate: null, scores: [] },
      unconfirmed: { count: 0, share: null },
      quarantined: { count: 0, share: null },
    };
    const { metrics, ...rest } = await summary();
    expect(rest).toEqual({
      ...{ survey: null, metric: 'nps', connection: null, by: null, timeZone: 'UTC', notes: [], groups: [] },
      from: after(-90 * day).toISOString(),
      until: now.toISOString(),
      ...{ every: 'week', before: null, comments: [], usualResponseRate: { low: 0.05, high: 0.15 } },
      total: nothing,
      atRisk: { count: 0, newest: [] },
      advocates: { count: 0, newest: [] },
    });
    expect(metrics).toMatchObject([{ metric: 'nps', total: nothing, before: null }]);
    expect(metrics[0]?.trend).toHaveLength(13);
    expect(metrics[0]?.trend[12]).toMatchObject({ key: '2026-11-16', until: now.toISOString(), ...nothing });
  });

  test('tells how it came about in time, with the weeks in which nothing was', async () => {
    const { ask, summary } = await world();
    for (const [days, rating] of [
      [1, 10],
      [1, 0],
      [16, 9],
    ] as const) {
      await ask({
        sent: { sentAt: after(-(days + 1) * day) },
        answer: { rating, answeredAt: after(-days * day), ratedAt: after(-days * day) },
      });
    }

    const { metrics, total } = await summary({ from: '2026-11-02', every: 'week' });

    expect(total).toMatchObject({ invited: 3, scores: [{ answers: 3 }] });
    expect(metrics).toHaveLength(1);
    expect(metrics[0]?.trend.map(({ key, invited, scores }) => [key, invited, scores[0]?.score.value])).toEqual([
      ['2026-11-02', 1, 100],
      ['2026-11-09', 0, undefined],
      ['2026-11-16', 2, 0],
    ]);
    expect(metrics[0]?.trend[2]?.scores[0]?.score.interval).toEqual({
      low: expect.any(Number),
      high: expect.any(Number),
    });
  });

  test('has each metric by itself, beside the period before', async () => {
    const { ask, summary } = await world({ key: 'nps', metric: 'nps' }, { key: 'csat', metric: 'csat' });
    await ask({ answer: { rating: 9 } });
    await ask();
    await ask({ survey: 'csat', answer: { rating: 5 } });
    await ask({ sent: { sentAt: after(-12 * day) }, answer: { rating: 0, answeredAt: after(-12 * day) } });

    const { metrics, before, total } = await summary({
      ...{ survey: undefined, metric: undefined },
      ...{ from: '2026-11-15', until: '2026-11-22', compare: 'previous' },
    } as never);

    expect(before).toEqual({ from: '2026-11-08T00:00:00.000Z', until: '2026-11-15T00:00:00.000Z' });
    expect(total.invited).toBe(3);
    expect(metrics.map(({ metric, total: of, before: earlier }) => [metric, of.responseRate?.value, earlier])).toEqual([
      ['nps', 0.5, expect.objectContaining({ invited: 1, answered: 1 })],
      ['csat', 1, expect.objectContaining({ invited: 0, scores: [] })],
    ]);
    expect(metrics[0]?.before?.scores).toMatchObject([{ score: { value: -100 } }]);
  });

  test('is of one connection when it is asked so, and tells connections apart', async () => {
    const id = await aWorkspace(database);
    const [here, there] = [await worldIn(id), await worldIn(id)];
    await here.ask({ answer: { rating: 9 } });
    await there.ask({ answer: { rating: 0 } });

    const { total, comments } = await here.summary({ connection: here.connectionId });

    expect(total).toMatchObject({ invited: 1, scores: [{ answers: 1, score: { value: 100 } }] });
    expect(comments).toEqual([]);
    const { groups } = await here.summary({ by: 'connection' });
    expect(groups.map(({ key }) => key).toSorted()).toEqual([here.connectionId, there.connectionId].toSorted());
  });

  test('counts a ticket under each of its tags, and once in all', async () => {
    const { ask, summary } = await world();
    await ask({ ticket: { tags: ['vip', 'billing'] }, answer: { rating: 9 } });
    await ask({ ticket: { tags: ['vip'] }, answer: { rating: 0 } });
    await ask({ answer: { rating: 10 } });

    const { groups, total } = await summary({ by: 'tag' });

    expect(total).toMatchObject({ invited: 3, scores: [{ answers: 3 }] });
    expect(groups.map(({ key, invited, scores }) => [key, invited, scores[0]?.score.value])).toEqual([
      ['vip', 2, 0],
      ['billing', 1, 100],
      [null, 1, 100],
    ]);
  });

  test('shows the 50 groups with most answers', async () => {
    const { ask, summary } = await world();
    for (let agent = 0; agent < 51; agent += 1) {
      await ask({ ticket: { agent: `agent ${String(agent).padStart(2, '0')}` }, answer: { rating: 9 } });
    }
    await ask({ ticket: { agent: 'agent 50' }, answer: { rating: 9 } });

    const { groups } = await summary({ by: 'agent' });

    expect(groups).toHaveLength(50);
    expect(groups[0]?.key).toBe('agent 50');
    expect(groups[1]?.key).toBe('agent 00');
  });

  test('shows the newest comments that count', async () => {
    const { ask, summary } = await world();
    for (const minutes of [1, 2, 3, 4, 5, 6]) {
      const at = after(-minutes * 60_000);
      await ask({ answer: { rating: 9, comment: `${minutes} minutes ago`, answeredAt: at } });
    }
    await ask({ answer: { rating: 0, comment: 'a machine', status: 'quarantined' } });

    const { comments } = await summary();

    expect(comments.map(({ comment, category }) => [comment, category])).toEqual(
      [1, 2, 3, 4, 5].map((minutes) => [`${minutes} minutes ago`, 'promoter']),
    );
  });

  test('shows who is at risk and who is an advocate, whenever they answered', async () => {
    const { ask, summary, workspaceId } = await world();
    await ask();
    const found = await database.db
      .select({ id: contact.id })
      .from(contact)
      .where(eq(contact.workspaceId, workspaceId));
    const contactId = found[0]?.id ?? '';
    const values = { feedback_at_risk: true, feedback_flag_reason: 'Thrice.', nps_latest_date: now.toISOString() };
    await database.db
      .insert(crmFields)
      .values({ contactId, workspaceId, revision: 1, values, changedAt: now })
      .onConflictDoUpdate({ target: crmFields.contactId, set: { values } });

    const { atRisk, advocates } = await summary({ from: '2026-01-01', until: '2026-02-01' });

    expect(atRisk).toEqual({
      count: 1,
      newest: [{ id: contactId, name: null, reason: 'Thrice.', date: now.toISOString() }],
    });
    expect(advocates).toEqual({ count: 0, newest: [] });
  });

  test('counts answers by category, with the score and how sure it is', async () => {
    const { ask, summary } = await world();
    for (const rating of [10, 9, 9, 8, 7, 6, 0]) await ask({ answer: { rating } });
    await ask();

    const { total } = await summary();

    expect(total).toMatchObject({ invited: 8, bounced: 0, delivered: 8, answered: 7 });
    expect(total.responseRate).toEqual({
      value: 7 / 8,
      interval: { low: expect.closeTo(0.5291, 4), high: expect.closeTo(0.9776, 4) },
    });
    expect(total.scores).toEqual([
      {
        ...{ metric: 'nps', scale: { lowest: 0, highest: 10 }, answers: 7, satisfied: null },
        split: { promoter: 3, passive: 2, detractor: 2 },
        score: { value: expect.closeTo(100 / 7, 9), interval: expect.anything() },
      },
    ]);
  });

  test('tells the mean and the satisfied of CSAT', async () => {
    const { ask, summary } = await world({ key: 'csat', metric: 'csat' });
    for (const rating of [5, 5, 4, 3, 1]) await ask({ survey: 'csat', answer: { rating } });

    const [score] = (await summary({ survey: 'csat' })).total.scores;

    expect(score).toMatchObject({ scale: { lowest: 1, highest: 5 }, split: { positive: 3, neutral: 1, negative: 1 } });
    expect(score?.score.value).toBeCloseTo(3.6, 9);
    expect(score?.satisfied?.value).toBeCloseTo(0.6, 9);
  });

  test('never mixes scales, and says so', async () => {
    const { ask, define, summary } = await world({ key: 'csat', metric: 'csat', scale: 5 });
    for (const rating of [5, 3]) await ask({ survey: 'csat', answer: { rating } });
    await define([{ key: 'csat', metric: 'csat', scale: 10 }]);
    await ask({ survey: 'csat', answer: { rating: 10 } });

    const { total, notes } = await summary({ survey: 'csat' });

    expect(total.scores.map(({ scale, answers, score }) => [scale.highest, answers, score.value])).toEqual([
      [5, 2, 4],
      [10, 1, 10],
    ]);
    expect(total).toMatchObject({ invited: 3, answered: 3 });
    expect(notes).toEqual([{ code: 'scales_differ', params: { scales: ['CSAT 1–10', 'CSAT 1–5'] } }]);
  });

  test('computes the rate on what was delivered', async () => {
    const { ask, summary } = await world();
    await ask({ answer: { rating: 9 } });
    await ask({ sent: { status: 'expired' } });
    await ask({ sent: { status: 'bounced' } });
    await ask({ sent: { status: 'bounced', sentAt: null } });
    await ask({ sent: { status: 'scheduled', sentAt: null } });
    await ask({ sent: { status: 'scheduled' } });
    await ask({ sent: { status: 'withdrawn', sentAt: null } });

    const { total } = await summary();

    expect(total).toMatchObject({ invited: 4, bounced: 2, delivered: 2, answered: 1 });
    expect(total.responseRate?.value).toBe(0.5);
  });

  test('leaves tests out', async () => {
    const { ask, summary } = await world();
    await ask({ sent: { test: true }, answer: { rating: 9, test: true } });
    await ask({ answer: { rating: 0 } });

    const { total } = await summary();

    expect(total).toMatchObject({ invited: 1, answered: 1 });
    expect(total.scores).toMatchObject([{ answers: 1, split: { promoter: 0, detractor: 1 } }]);
  });

  test('shows the unconfirmed and the quarantined beside the score, never in it', async () => {
    const { ask, summary } = await world();
    for (const rating of [9, 9]) await ask({ answer: { rating } });
    await ask({ sent: { status: 'sent' }, answer: { rating: 0, status: 'unconfirmed' } });
    await ask({ sent: { status: 'sent' }, answer: { rating: 0, status: 'quarantined' } });
    await ask({ sent: { status: 'sent' }, answer: { rating: 0, status: 'pending' } });
    await ask({ answer: { rating: 0, status: 'retracted' } });

    const { total } = await summary();

    expect(total.unconfirmed).toEqual({ count: 1, share: 0.25 });
    expect(total.quarantined).toEqual({ count: 1, share: 0.25 });
    expect(total.scores).toMatchObject([{ answers: 2, score: { value: 100 } }]);
    expect(total).toMatchObject({ invited: 6, answered: 3 });
  });

  test('has rates by when the email left and scores by when it was answered', async () => {
    const { ask, summary } = await world();
    await ask({ sent: { sentAt: after(-20 * day) }, answer: { rating: 10, answeredAt: after(-5 * day) } });
    const [first, second] = ['2026-11-01', '2026-11-15'];

    const before = (await summary({ from: first, until: second })).total;
    const later = (await summary({ from: second, until: '2026-11-22' })).total;

    expect(before).toMatchObject({ invited: 1, answered: 1, scores: [] });
    expect(later).toMatchObject({ invited: 0, scores: [{ answers: 1 }] });
  });

  test('ends just before the moment at which it ends', async () => {
    const { ask, summary } = await world();
    await ask({ sent: { sentAt: new Date('2026-11-20T00:00:00Z') } });

    expect((await summary({ from: '2026-11-20', until: '2026-11-21' })).total.invited).toBe(1);
    expect((await summary({ from: '2026-11-19', until: '2026-11-20' })).total.invited).toBe(0);
  });

  test('is of one survey, or of all surveys of a metric, of this workspace', async () => {
    const { ask, summary } = await world(
      { key: 'nps', metric: 'nps' },
      { key: 'other', metric: 'nps' },
      { key: 'csat', metric: 'csat' },
    );
    const elsewhere = await world();
    await elsewhere.ask({ answer: { rating: 0 } });
    await ask({ answer: { rating: 9 } });
    await ask({ survey: 'other', answer: { rating: 9 } });
    await ask({ survey: 'csat', answer: { rating: 5 } });

    expect((await summary({ survey: 'other' })).total).toMatchObject({ invited: 1, scores: [{ answers: 1 }] });
    expect((await summary({ metric: 'nps' })).total).toMatchObject({ invited: 2, scores: [{ answers: 2 }] });
    expect((await summary({ survey: 'csat', metric: 'nps' })).total).toMatchObject({ invited: 0, scores: [] });
    const { groups } = await summary({ metric: 'nps', by: 'survey' });
    expect(groups).toMatchObject([
      { key: 'nps', invited: 1 },
      { key: 'other', invited: 1 },
    ]);
  });

  test('tells weeks and months apart where the workspace is', async () => {
    const id = randomUUID();
    await database.db.insert(workspace).values({ id, timeZone: 'Europe/Berlin', createdAt: now });
    const { ask, summary } = await worldIn(id);
    // The first is Monday, 26 October, and the last is 1 November, in Berlin only.
    const timestamps = ['2026-10-25T23:30:00Z', '2026-10-31T12:00:00Z', '2026-10-31T23:30:00Z'].map(
      (at) => new Date(at),
    );
    for (const at of timestamps) await ask({ sent: { sentAt: at }, answer: { rating: 9, answeredAt: at } });

    const weeks = (await summary({ by: 'week' })).groups;
    const months = (await summary({ by: 'month' })).groups;

    expect(weeks.map(({ key, invited }) => [key, invited])).toEqual([['2026-10-26', 3]]);
    expect(months.map(({ key, invited, scores }) => [key, invited, scores[0]?.answers])).toEqual([
      ['2026-10', 2, 2],
      ['2026-11', 1, 1],
    ]);
  });

  test.each([
    ['group', { group: 'Billing' }, 'Billing'],
    ['agent', { agent: 'Bea' }, 'Bea'],
    ['brand', { brand: 'acme' }, 'acme'],
    ['channel', { channel: 'chat' }, 'chat'],
  ] as const)('tells tickets apart by %s', async (by, ticket, key) => {
    const { ask, summary } = await world();
    await ask({ ticket, answer: { rating: 9 } });
    await ask({ ticket });
    await ask({ answer: { rating: 0 } });

    const { groups, total } = await summary({ by });

    expect(groups.map((group) => [group.key, group.invited, group.scores[0]?.score.value])).toEqual([
      [key, 2, 100],
      [null, 1, -100],
    ]);
    expect(total).toMatchObject({ invited: 3, scores: [{ answers: 2, score: { value: 0 } }] });
  });

  test('tells languages apart', async () => {
    const { ask, summary } = await world();
    await ask({ sent: { language: 'de' }, answer: { rating: 9, language: 'de' } });
    await ask({ sent: { language: 'fr' }, answer: { rating: 9 } });

    const { groups } = await summary({ by: 'language' });

    expect(groups.map((group) => [group.key, group.invited, group.scores[0]?.answers])).toEqual([
      ['de', 1, 1],
      ['fr', 1, 1],
    ]);
  });

  test.each([
    [{ survey: 'nowhere' }, 'survey', 'field.unknown_survey'],
    [{ from: '2027-01-01' }, 'from', 'field.not_past'],
    [{ from: '2026-02-01', until: '2026-02-01' }, 'from', 'field.before_until'],
  ])('refuses %j', async (question, field, code) => {
    const { summary } = await world();

    await expect(summary(question)).rejects.toMatchObject({
      problems: [{ field, message: { code } }],
    });
  });
});
