import type { Access } from '../../access/access.ts';
import type { Context } from '../../flows/context.ts';
import { accountRoutes } from './accounts.ts';
import { attentionRoutes } from './attention.ts';
import { brandRoutes } from './brands.ts';
import { connectionRoutes } from './connections.ts';
import { consentRoutes } from './consent.ts';
import { correctionRoutes } from './corrections.ts';
import { dryRunRoutes } from './dry-runs.ts';
import { emailRoutes } from './email.ts';
import { createEventStreams } from './event-stream.ts';
import { eventRoutes } from './events.ts';
import { fieldRoutes } from './fields.ts';
import { joinRoutes } from './join.ts';
import { keyRoutes } from './keys.ts';
import { listRoutes } from './lists.ts';
import { meRoutes } from './me.ts';
import { passwordRoutes } from './passwords.ts';
import { pauseRoutes } from './pause.ts';
import { contactRoutes } from './people.ts';
import { previewRoutes } from './preview.ts';
import { privacyRoutes } from './privacy.ts';
import { reportRoutes } from './reports.ts';
import { rewriteRoutes } from './rewrites.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './sessions.ts';
import { surveyRequestRoutes } from './survey-requests.ts';
import { surveyRoutes } from './surveys.ts';
import { teamRoutes } from './team.ts';
import { timelineRoutes } from './timeline.ts';
import { wordingRoutes } from './wording.ts';
import { workspaceRoutes } from './workspace.ts';

export type ApiParts = {
  access: Access;
  publicUrl: string;
  publicUrlMissing: boolean;
  /** What stands beside our own doors: the sandbox. */
  beside: unknown;
  isStopping: () => boolean;
};

/** Everything under `/api`, in the order in which one reads about it. */
export function apiRoutes(
  context: Context,
  { access, publicUrl, publicUrlMissing, beside, isStopping }: ApiParts,
): readonly Route[] {
  const sandbox = beside !== undefined;
  const events = createEventStreams({ isStopping, identify: access.identify });
  return [
    ...surveyRoutes(context),
    ...dryRunRoutes(context, events),
    ...previewRoutes(context),
    ...wordingRoutes(context),
    ...brandRoutes(context),
    ...listRoutes(context),
    ...surveyRequestRoutes(context),
    ...correctionRoutes(context),
    ...contactRoutes(context),
    ...timelineRoutes(context),
    ...privacyRoutes(context),
    ...reportRoutes(context),
    ...connectionRoutes(context, publicUrl),
    ...rewriteRoutes(context, events),
    ...fieldRoutes,
    ...consentRoutes(context, publicUrl),
    ...eventRoutes(context),
    ...attentionRoutes(context, publicUrlMissing),
    ...pauseRoutes(context),
    ...workspaceRoutes(context),
    ...emailRoutes(context, sandbox),
    ...accountRoutes(context, access, sandbox),
    ...meRoutes(context, access, sandbox),
    ...sessionRoutes(context),
    ...passwordRoutes(context, access),
    ...joinRoutes(context, access),
    ...teamRoutes(context, access),
    ...keyRoutes(context, access),
  ];
}
