import type { SurveysContext } from '../surveys/index.ts';
import type { TicketsContext } from '../tickets/index.ts';
import type { BrandEmail } from './brand-email.ts';
import type { EmailTemplates } from './email/rendered-templates.ts';
import type { Links } from './links.ts';

/** What invitations work with. */
export type InvitationsContext = TicketsContext &
  SurveysContext & {
    links: Links;
    brandEmail: BrandEmail;
    emailTemplates: EmailTemplates;
  };
