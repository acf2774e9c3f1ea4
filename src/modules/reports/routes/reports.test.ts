import { beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../../../test/api/served.ts';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { report } from '../report.ts';

describeOnEachDatabase('GET /api/reports/summary', (open) => {
  let service: Served;
  beforeAll(async () => {
    const database = await open();
    service = await serve(database);
    const { sentEmail } = await service.asked();
    await service.answer(sentEmail, 9);
    service.jump(1000);
  });

  const read = (query: string) => service.call('GET', `/reports/summary?${query}`);

  test('answers as it is described', async () => {
    const { status, body } = await read('survey=after-ticket&from=2026-11-01&by=month');

    expect(status).toBe(200);
    expect(report.strict().parse(body)).toMatchObject({
      ...{ survey: 'after-ticket', metric: null, by: 'month', from: '2026-11-01T00:00:00.000Z' },
      total: { invited: 1, delivered: 1, answered: 1, scores: [{ metric: 'nps', answers: 1 }] },
      groups: [{ key: '2026-11', invited: 1 }],
    });
  });

  test.each([
    ['every=day&from=2020-01-01', 'every', 'field.too_fine'],
    ['compare=next', 'compare', 'field.not_one_of'],
    ['connection=here', 'connection', 'field.id'],
    ['metric=fun', 'metric', 'field.not_one_of'],
    ['metric=nps&by=mood', 'by', 'field.not_one_of'],
    ['metric=nps&from=yesterday', 'from', 'field.timestamp_or_day'],
    ['metric=nps&from=2026-13-01', 'from', 'field.timestamp_or_day'],
    ['survey=other', 'survey', 'field.unknown_survey'],
    ['metric=nps&from=2026-11-22&until=2026-11-21', 'from', 'field.before_until'],
    ['metric=nps&group=Billing', 'group', 'field.unknown'],
  ])('refuses %j and says what to do about %s', async (query, field, code) => {
    const { status, body } = await read(query);

    expect(status).toBe(400);
    expect(body.problems).toMatchObject([{ field, code }]);
  });
});
