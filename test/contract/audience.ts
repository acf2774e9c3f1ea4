import { failureQuestions } from './failures.ts';
import type { ConnectorHarness } from './harness.ts';
import type { Question } from './question.ts';
import { now } from './tools.ts';

const anHourAgo = new Date(now.getTime() - 3_600_000);

/** What is asked of a connection's `audience` when the vendor fails; who is in it is asked beside the simulator. */
export function audienceQuestions(harness: ConnectorHarness): Question[] {
  return failureQuestions(
    { doing: 'paging through contacts', call: ({ audience }) => audience?.page({ kind: 'changed', since: anHourAgo }) },
    harness,
  );
}
