import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { aConnection, anAnswer, anInvitation, now } from '../../../test/stored.ts';
import { updateInvitation } from '../../store/invitations.ts';
import { failureAnswers } from '../failures.ts';
import { report, reportRoutes } from './reports.ts';

describeOnEachDatabase('GET /api/reports/summary', (open) => {
  let server: Server;
  beforeAll(async () => {
    const database = await open();
    const connection = await aConnection(database);
    const asked = await anInvitation(database, connection, { status: 'scheduled' });
    await updateInvitation(database.db, asked.invitation.id, { status: 'answered', sentAt: now });
    await anAnswer(database, asked, { rating: 9 });
    const clock = () => new Date(now.getTime() + 1000);
    const app = express();
    app.use('/api', reportRoutes({ database, clock }, connection.workspaceId));
    app.use(failureAnswers(pino({ level: 'silent' })));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  async function read(query: string) {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/reports/summary?${query}`);
    return { status: response.status, body: (await response.json()) as { problems?: readonly object[] } };
  }

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
    ['', 'survey', 'or "metric" for all surveys of a metric'],
    ['metric=fun', 'metric', 'nps'],
    ['metric=nps&by=mood', 'by', 'week'],
    ['metric=nps&from=yesterday', 'from', 'must be a day, e.g. 2026-11-22'],
    ['metric=nps&from=2026-13-01', 'from', 'must be a day'],
    ['survey=other', 'survey', 'there is after-ticket'],
    ['metric=nps&from=2026-11-22&until=2026-11-21', 'from', 'must be before "until"'],
    ['metric=nps&group=Billing', 'query', 'group'],
  ])('refuses %j and says what to do about %s', async (query, field, problem) => {
    const { status, body } = await read(query);

    expect(status).toBe(400);
    expect(body.problems).toEqual([{ field, problem: expect.stringContaining(problem) }]);
  });
});
