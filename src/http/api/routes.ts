import type { Access } from '../../access/access.ts';
import type { Context } from '../../flows/context.ts';
import { accountRoutes } from './accounts.ts';
import { brandRoutes } from './brands.ts';
import { connectionRoutes } from './connections.ts';
import { consentRoutes } from './consent.ts';
import { correctionRoutes } from './corrections.ts';
import { dryRunRoutes } from './dry-runs.ts';
import { keyRoutes } from './keys.ts';
import { listRoutes } from './lists.ts';
import { pauseRoutes } from './pause.ts';
import { peopleRoutes } from './people.ts';
import { previewRoutes } from './preview.ts';
import { privacyRoutes } from './privacy.ts';
import { reportRoutes } from './reports.ts';
import type { Route } from './route.ts';
import { surveyRoutes } from './surveys.ts';
import { timelineRoutes } from './timeline.ts';
import { wishRoutes } from './wishes.ts';
import { workspaceRoutes } from './workspace.ts';

export type ApiParts = { access: Access; publicUrl: string };

/** Everything under `/api`, in the order in which one reads about it. */
export function apiRoutes(context: Context, { access, publicUrl }: ApiParts): readonly Route[] {
  return [
    ...surveyRoutes(context),
    ...dryRunRoutes(context),
    ...previewRoutes(context),
    ...brandRoutes(context),
    ...listRoutes(context),
    ...wishRoutes(context),
    ...correctionRoutes(context),
    ...peopleRoutes(context),
    ...timelineRoutes(context),
    ...privacyRoutes(context),
    ...reportRoutes(context),
    ...connectionRoutes(context),
    ...consentRoutes(context, publicUrl),
    ...pauseRoutes(context),
    ...workspaceRoutes(context),
    ...accountRoutes(access),
    ...keyRoutes(context, access),
  ];
}
