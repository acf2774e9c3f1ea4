import { beforeAll, beforeEach, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { after, aWorkspace, now } from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import { type SurveyDefinition, surveyDefinition } from '../survey.ts';
import { applySurveys, findSurvey, listSurveys } from './surveys.ts';

function definition(changes: Readonly<Record<string, unknown>> = {}): SurveyDefinition {
  return surveyDefinition.parse({ key: 'after-ticket', metric: 'nps', status: 'live', ...changes });
}

describeOnEachDatabase('surveys', (open) => {
  let database: Database;
  let workspaceId: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await aWorkspace(database);
  });

  function apply(definitions: readonly SurveyDefinition[], origin: 'file' | 'default' = 'file'): Promise<void> {
    return database.transaction((tx) => applySurveys(tx, workspaceId, origin, definitions, now));
  }

  async function listed(status?: 'live'): Promise<string[]> {
    const found = await listSurveys(database.db, workspaceId, status);
    return found.map(({ key, status: state, version }) => `${key} ${state} ${version}`);
  }

  test('the same content makes no new version, whatever the metric', async () => {
    const all = (['nps', 'csat', 'ces'] as const).map((metric) =>
      definition({ key: metric, metric, reminders: ['P3D', 'P7D'], languages: ['en', 'de'] }),
    );
    await apply(all);
    await apply(all);
    // As if somebody had ordered the keys of the file anew.
    await apply(all.map((one) => Object.fromEntries(Object.entries(one).reverse()) as SurveyDefinition));

    expect(await listed()).toEqual(['nps live 1', 'csat live 1', 'ces live 1']);
  });

  test('other content makes a new version, and the old one stays as it was', async () => {
    await apply([definition({ company: 'Acme' })]);
    await apply([definition({ company: 'Initech' })]);
    const [current] = await listSurveys(database.db, workspaceId);
    const id = current?.id ?? '';

    expect(current).toMatchObject({ version: 2, content: { texts: { company: 'Initech' } } });
    expect(await findSurvey(database.db, id)).toMatchObject({ version: 2, content: { texts: { company: 'Initech' } } });
    expect(await findSurvey(database.db, id, 1)).toMatchObject({ version: 1, content: { texts: { company: 'Acme' } } });
    expect(await findSurvey(database.db, id, 3)).toBeUndefined();
  });

  test('another status makes none', async () => {
    await apply([definition({ status: 'draft' })]);
    await apply([definition({ status: 'live' })]);

    expect(await listed()).toEqual(['after-ticket live 1']);
  });

  test('one that is gone from the file is paused, and goes on when it is back', async () => {
    await apply([definition(), definition({ key: 'another' }), definition({ key: 'draft', status: 'draft' })]);
    await apply([definition()]);
    expect(await listed('live')).toEqual(['after-ticket live 1']);
    expect((await listed()).toSorted()).toEqual(['after-ticket live 1', 'another paused 1', 'draft draft 1']);

    await apply([definition(), definition({ key: 'another' })]);
    expect(await listed('live')).toEqual(['after-ticket live 1', 'another live 1']);
  });

  test('an empty file pauses all of them', async () => {
    await apply([definition(), definition({ key: 'another' })]);
    await apply([]);

    expect(await listed('live')).toEqual([]);
  });

  test('a file that is gone pauses what it held, and the usual survey is there', async () => {
    await apply([definition({ key: 'from-file' })]);
    await apply([definition({ status: 'draft' })], 'default');

    expect(await listed('live')).toEqual([]);
    expect((await listed()).toSorted()).toEqual(['after-ticket draft 1', 'from-file paused 1']);
  });

  test('a file replaces the usual survey', async () => {
    await apply([definition()], 'default');
    await apply([definition({ key: 'from-file' })]);

    expect(await listed('live')).toEqual(['from-file live 1']);
  });

  test('they stand in the order of the file', async () => {
    await apply([definition({ key: 'b' }), definition({ key: 'a' }), definition({ key: 'c' })]);
    expect(await listed()).toEqual(['b live 1', 'a live 1', 'c live 1']);

    await apply([definition({ key: 'c' }), definition({ key: 'b' }), definition({ key: 'a' })]);
    expect(await listed()).toEqual(['c live 1', 'b live 1', 'a live 1']);
  });

  test('another workspace has its own', async () => {
    await apply([definition()]);
    const other = await aWorkspace(database);
    await database.transaction((tx) => applySurveys(tx, other, 'file', [definition({ status: 'draft' })], after(1)));

    expect(await listed()).toEqual(['after-ticket live 1']);
    expect(await listSurveys(database.db, other)).toMatchObject([{ status: 'draft', version: 1 }]);
  });
});
