import type { Context } from './context.ts';
import {
  type Access,
  accountRoutes,
  auditListRoutes,
  joinRoutes,
  keyRoutes,
  meRoutes,
  passwordRoutes,
  sessionRoutes,
  teamRoutes,
} from './modules/accounts/index.ts';
import { connectionRoutes, consentRoutes, fieldRoutes, pauseRoutes } from './modules/connections/index.ts';
import { contactRoutes, timelineRoutes } from './modules/contact-pages/index.ts';
import { contactListRoutes, privacyRoutes } from './modules/contacts/index.ts';
import { decisionListRoutes } from './modules/decisions/index.ts';
import { dryRunRoutes } from './modules/dry-run/index.ts';
import { eventListRoutes, eventRoutes } from './modules/events/index.ts';
import { emailRoutes, invitationListRoutes, surveyRequestRoutes } from './modules/invitations/index.ts';
import { attentionRoutes, reportRoutes } from './modules/reports/index.ts';
import { correctionRoutes, previewRoutes, responseListRoutes } from './modules/responses/index.ts';
import { brandRoutes, surveyRoutes, wordingRoutes } from './modules/surveys/index.ts';
import { workspaceRoutes } from './modules/workspaces/index.ts';
import { rewriteRoutes } from './modules/write-back/index.ts';
import { createEventStreams } from './platform/http/event-stream.ts';
import type { Route } from './platform/http/route.ts';
import { countOutdated } from './reencrypt.ts';

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
    ...contactListRoutes(context),
    ...decisionListRoutes(context),
    ...invitationListRoutes(context),
    ...responseListRoutes(context),
    ...eventListRoutes(context),
    ...auditListRoutes(context),
    ...surveyRequestRoutes(context),
    ...correctionRoutes(context),
    ...contactRoutes(context),
    ...timelineRoutes(context),
    ...privacyRoutes(context),
    ...reportRoutes(context),
    ...connectionRoutes(context, publicUrl, () => countOutdated(context.database.db, context.encryption)),
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
