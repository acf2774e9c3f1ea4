import type { EmailState } from '../api/email.ts';
import type { System } from '../api/systems.ts';
import type { WorkspaceSettings } from '../api/workspace.ts';

export const stepNames = ['connect', 'check', 'workspace', 'email', 'survey', 'dryRun', 'publish'] as const;
export type StepName = (typeof stepNames)[number];

/** A survey as far as the set-up has to know it. */
export type SetUpSurvey = { key: string; name: string | null; status: string; readOnly: boolean };

export type SetUpFacts = {
  systems: readonly System[];
  workspace: WorkspaceSettings;
  email: EmailState;
  surveys: readonly SetUpSurvey[];
  /** Whether any of the surveys was tried on what happened. */
  hasDryRun: boolean;
};

/** The draft that comes with the service: nobody has picked it. */
const usualKey = 'after-ticket';

const isPicked = ({ key, status, readOnly }: SetUpSurvey) => key !== usualKey || status !== 'draft' || readOnly;

/** What is done, by what the server says: each step can be left, and is found again as it was left. */
export function stepsDone({ systems, workspace, email, surveys, hasDryRun }: SetUpFacts): Record<StepName, boolean> {
  const isLive = surveys.some(({ status }) => status === 'live');
  return {
    connect: systems.length > 0,
    check: systems.length > 0 && systems.every(isInOrder),
    workspace: workspace.name !== null,
    email: email.state === 'set',
    survey: hasDryRun || surveys.some(isPicked),
    // Whoever published without one needs none any more.
    dryRun: hasDryRun || isLive,
    publish: isLive,
  };
}

function isInOrder({ status, findings, health }: System): boolean {
  const isChecked = health.checkedAt !== null || findings.length > 0;
  return status === 'ready' && isChecked && findings.every(({ severity }) => severity !== 'attention');
}

/** The survey that one is about to publish: the newest that somebody picked, else the one that comes with the service. */
export function surveyInHand(surveys: readonly SetUpSurvey[]): SetUpSurvey | undefined {
  return surveys.find(({ status }) => status === 'live') ?? surveys.findLast(isPicked) ?? surveys[0];
}
