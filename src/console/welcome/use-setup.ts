import { useQueries, useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { useEmailState } from '../api/email.ts';
import { surveysQuery } from '../api/surveys.ts';
import { useSystems } from '../api/systems.ts';
import { useWorkspace } from '../api/workspace.ts';
import { type SetUpFacts, stepNames, stepsDone } from './steps.ts';

type Runs = { items: readonly { status: string }[] };

/** How far the set-up is; nothing until everything that it rests on was read. */
export function useSetup() {
  const systems = useSystems();
  const workspace = useWorkspace();
  const email = useEmailState();
  const surveys = useQuery(surveysQuery);
  const known = surveys.data?.items ?? [];
  const runs = useQueries({
    queries: known.slice(0, 10).map(({ key }) => ({
      queryKey: ['surveys', key, 'dry-runs'],
      queryFn: () => call<Runs>('GET', `/surveys/${key}/dry-runs`),
    })),
  });
  const all = [systems, workspace, email, surveys];
  const failure = all.find(({ error, data }) => error !== null && data === undefined)?.error ?? null;
  const areRunsRead = runs.every(({ isPending }) => !isPending);
  if (!(systems.data && workspace.data && email.data && surveys.data && areRunsRead)) return { failure, setup: null };
  const facts: SetUpFacts = {
    systems: systems.data.items,
    workspace: workspace.data,
    email: email.data,
    surveys: known,
    hasDryRun: runs.some(({ data }) => data?.items.some(({ status }) => status === 'finished')),
  };
  const done = stepsDone(facts);
  return {
    failure,
    setup: {
      facts,
      done,
      count: stepNames.filter((name) => done[name]).length,
      next: stepNames.find((name) => !done[name]) ?? null,
    },
  };
}

export type Setup = NonNullable<ReturnType<typeof useSetup>['setup']>;
