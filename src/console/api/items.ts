import type { z } from 'zod';
import type { auditItem } from '../../modules/accounts/routes/audit.ts';
import type { contactDetails } from '../../modules/contact-pages/routes.ts';
import type { happening } from '../../modules/contact-pages/timeline-routes.ts';
import type { contactItem } from '../../modules/contacts/items.ts';
import type { decisionItem } from '../../modules/decisions/items.ts';
import type { eventItem } from '../../modules/events/routes/list.ts';
import type { invitationItem } from '../../modules/invitations/items.ts';
import type { surveyRequestDecision } from '../../modules/invitations/routes/survey-requests.ts';
import type { responseItem } from '../../modules/responses/items.ts';

// What the API answers, by the schemas that describe it: only their types come here.
export type ResponseItem = z.output<typeof responseItem>;
export type ContactDetails = z.output<typeof contactDetails>;
export type TimelineItem = z.output<typeof happening>;
export type SurveyRequestAnswer = z.output<typeof surveyRequestDecision>;
export type ContactItem = z.output<typeof contactItem>;
export type DecisionItem = z.output<typeof decisionItem>;
export type InvitationItem = z.output<typeof invitationItem>;
export type EventItem = z.output<typeof eventItem>;
export type AuditItem = z.output<typeof auditItem>;
export type ResponseMetric = ResponseItem['metric'];
