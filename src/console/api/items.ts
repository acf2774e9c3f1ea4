import type { z } from 'zod';
import type {
  auditItem,
  contactItem,
  decisionItem,
  eventItem,
  invitationItem,
  responseItem,
} from '../../http/api/items.ts';
import type { contactDetails } from '../../http/api/people.ts';
import type { surveyRequestDecision } from '../../http/api/survey-requests.ts';
import type { happening } from '../../http/api/timeline.ts';

// What the API answers, by the schemas that describe it: only their types come here.
export type ResponseItem = z.output<typeof responseItem>;
export type ContactDetails = z.output<typeof contactDetails>;
export type Happening = z.output<typeof happening>;
export type SurveyRequestDecision = z.output<typeof surveyRequestDecision>;
export type ContactItem = z.output<typeof contactItem>;
export type DecisionItem = z.output<typeof decisionItem>;
export type InvitationItem = z.output<typeof invitationItem>;
export type EventItem = z.output<typeof eventItem>;
export type AuditItem = z.output<typeof auditItem>;
export type Metric = ResponseItem['metric'];
