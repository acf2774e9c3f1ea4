import type { Settings } from '../config/settings.ts';
import { addSurvey, applySurveys, surveyContentFrom, surveyDefinition, surveyKeys } from './modules/surveys/index.ts';
import type { Database } from './platform/database/database.ts';
import { defaultWorkspace } from './platform/workspaces/queries.ts';

/** The surveys of `SURVEYS_FILE`, or the one that comes with the service: a draft to begin with, live in the sandbox. */
export async function applyDefinitions(
  database: Database,
  { surveys, sandbox, sandboxConnects }: Settings,
  now: Date,
): Promise<void> {
  const isLive = sandbox && sandboxConnects;
  const usual = surveyDefinition.parse({
    key: 'after-ticket',
    metric: 'nps',
    ...(isLive ? { status: 'live', delay: 'PT10S', quietPeriod: 'PT0S' } : {}),
  });
  await database.transaction(async (tx) => {
    if (surveys !== undefined) return applySurveys(tx, defaultWorkspace, 'file', surveys, now);
    const known = await surveyKeys(tx, defaultWorkspace);
    // The draft is theirs from the start: whoever took it away, and made others, is not given it again.
    if (known.length === 0 && !isLive) {
      await addSurvey(tx, { workspaceId: defaultWorkspace, key: usual.key, draft: surveyContentFrom(usual) });
    }
    const isApplied = isLive || known.some(({ key }) => key === usual.key);
    await applySurveys(tx, defaultWorkspace, 'default', isApplied ? [usual] : [], now);
  });
}
