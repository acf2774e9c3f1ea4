import type { Context } from './context.ts';
import type { Access } from './modules/accounts/access.ts';
import { accountRoutes } from './modules/accounts/routes/accounts.ts';
import { joinRoutes } from './modules/accounts/routes/join.ts';
import { keyRoutes } from './modules/accounts/routes/keys.ts';
import { meRoutes } from './modules/accounts/routes/me.ts';
import { passwordRoutes } from './modules/accounts/routes/passwords.ts';
import { sessionRoutes } from './modules/accounts/routes/sessions.ts';
import { teamRoutes } from './modules/accounts/routes/team.ts';
import { connectionRoutes } from './modules/connections/routes/connections.ts';
import { consentRoutes } from './modules/connections/routes/consent.ts';
import { fieldRoutes } from './modules/connections/routes/fields.ts';
import { contactRoutes } from './modules/contact-pages/routes.ts';
import { timelineRoutes } from './modules/contact-pages/timeline-routes.ts';
import { privacyRoutes } from './modules/contacts/routes.ts';
import { dryRunRoutes } from './modules/dry-run/routes.ts';
import { eventRoutes } from './modules/events/routes/events.ts';
import { emailRoutes } from './modules/invitations/routes/email.ts';
import { surveyRequestRoutes } from './modules/invitations/routes/survey-requests.ts';
import { attentionRoutes } from './modules/reports/routes/attention.ts';
import { listRoutes } from './modules/reports/routes/lists.ts';
import { reportRoutes } from './modules/reports/routes/reports.ts';
import { previewRoutes } from './modules/responses/page/preview-routes.ts';
import { correctionRoutes } from './modules/responses/routes/corrections.ts';
import { brandRoutes } from './modules/surveys/routes/brands.ts';
import { surveyRoutes } from './modules/surveys/routes/surveys.ts';
import { wordingRoutes } from './modules/surveys/routes/wording.ts';
import { pauseRoutes } from './modules/workspaces/pause-routes.ts';
import { workspaceRoutes } from './modules/workspaces/routes.ts';
import { rewriteRoutes } from './modules/write-back/routes.ts';
import { createEventStreams } from './platform/http/event-stream.ts';
import type { Route } from './platform/http/route.ts';

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
