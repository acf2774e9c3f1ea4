import { beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../../test/api/served.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { report } from '../../reports/report.ts';

describeOnEachDatabase('GET /api/reports/summary', (open) => {
  let service: Served;
  beforeAll(async () => {
    const database = await open();
    service = await serve(database);
    const { letter } = await service.asked();
    await service.answer(letter, 9);
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
    ['every=day&from=2020-01-01', 'every', 'take a "week" or a "month"'],
    ['compare=next', 'compare', 'must be previous'],
    ['connection=here', 'connection', 'must be an id'],
    ['metric=fun', 'metric', 'nps'],
    ['metric=nps&by=mood', 'by', 'week'],
    ['metric=nps&from=yesterday', 'from', 'or a day'],
    ['metric=nps&from=2026-13-01', 'from', 'or a day'],
    ['survey=other', 'survey', 'there is after-ticket'],
    ['metric=nps&from=2026-11-22&until=2026-11-21', 'from', 'must be before "until"'],
    ['metric=nps&group=Billing', 'query', 'group'],
  ])('refuses %j and says what to do about %s', async (query, field, problem) => {
    const { status, body } = await read(query);

    expect(status).toBe(400);
    expect(body.problems).toEqual([{ field, problem: expect.stringContaining(problem) }]);
  });
});
