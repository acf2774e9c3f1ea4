import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, aContact, after, aResolution, aSurvey, asked, minute, now } from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import { noMetrics } from '../../../platform/metrics.ts';
import type { Judgement } from '../decide.ts';
import { findDecision, recordVerdict } from './decisions.ts';
import { listDecisions } from './list-decisions.ts';

const skipped: Judgement = {
  verdict: 'skipped',
  reason: { code: 'unsubscribed', params: { at: '2026-11-15T10:00:00.000Z' } },
  notes: [{ code: 'replies_unknown', params: {} }],
};

describeOnEachDatabase('decisions', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A resolution that is to be decided. */
  async function resolved() {
    const connection = await aConnection(database);
    const survey = await aSurvey(database, connection.workspaceId);
    const contactId = await aContact(database, connection);
    const { resolution } = await aResolution(database, connection, { contactId });
    const of = {
      workspaceId: connection.workspaceId,
      resolutionId: resolution.id,
      surveyRequestId: null,
      surveyId: survey.id,
      contactId,
    };
    const keep = (judgement: Judgement, at: Date, changes: Partial<Parameters<typeof recordVerdict>[2]> = {}) =>
      database.transaction((tx) => recordVerdict(tx, { metrics: noMetrics }, { ...of, ...changes }, judgement, at));
    const list = async () => (await listDecisions(database.db, connection.workspaceId, {}, { limit: 100 })).items;
    return { connection, of, keep, list };
  }

  test('a resolution has one for each survey', async () => {
    const { connection, of, keep, list } = await resolved();
    const another = await aSurvey(database, connection.workspaceId, 'another');
    const first = await keep(asked, now);
    const second = await keep(skipped, now, { surveyId: another.id });

    expect(await findDecision(database.db, of, of.surveyId)).toEqual(first);
    expect(await findDecision(database.db, of, another.id)).toEqual(second);
    expect(await findDecision(database.db, of, null)).toBeUndefined();
    expect(await list()).toHaveLength(2);
  });

  test('the latest verdict stands, and the earlier ones are remembered', async () => {
    const { of, keep, list } = await resolved();
    const first = await keep(asked, now);
    const second = await keep(skipped, after(minute));

    expect(second.id).toBe(first.id);
    expect(await findDecision(database.db, of, of.surveyId)).toMatchObject({
      verdict: 'skipped',
      reason: 'unsubscribed',
      reasonParams: skipped.reason.params,
      notes: skipped.notes,
      decidedAt: after(minute),
    });
    const [listed] = await list();
    expect(listed).toMatchObject({
      verdict: 'skipped',
      reasonParams: skipped.reason.params,
      survey: 'after-ticket',
      notes: skipped.notes,
    });
    expect(listed?.history.map(({ verdict, at }) => [verdict, new Date(at)])).toEqual([
      ['asked', now],
      ['skipped', after(minute)],
    ]);
  });

  test('saying the same again changes nothing', async () => {
    const { keep, list } = await resolved();
    const first = await keep(skipped, now);

    expect(await keep(skipped, after(minute))).toEqual(first);
    expect((await list())[0]?.history).toHaveLength(1);
  });

  test('the same verdict about another contact is news', async () => {
    const { connection, keep, list } = await resolved();
    await keep(skipped, now);
    const other = await aContact(database, connection);
    await keep(skipped, after(minute), { contactId: other });

    expect(await list()).toMatchObject([{ contact: other, decidedAt: after(minute) }]);
  });

  test('that no survey listened is kept once', async () => {
    const { of, keep, list } = await resolved();
    const noSurvey: Judgement = { verdict: 'skipped', reason: { code: 'no_survey', params: {} }, notes: [] };
    const first = await keep(noSurvey, now, { surveyId: null });
    await keep(noSurvey, after(minute), { surveyId: null });

    expect(await findDecision(database.db, of, null)).toEqual(first);
    expect(await list()).toMatchObject([{ survey: null, reason: 'no_survey' }]);
  });

  test.each(['a survey', 'no survey'])('two at once about %s do not both stand', async (about) => {
    const { of, keep, list } = await resolved();
    const surveyId = about === 'a survey' ? of.surveyId : null;
    const atOnce = await Promise.allSettled([1, 2, 3].map(() => keep(asked, now, { surveyId })));

    expect(atOnce.map(({ status }) => status)).toContain('fulfilled');
    expect(await list()).toMatchObject([{ verdict: 'asked', history: [{ verdict: 'asked' }] }]);
  });
});
