/**
 * Decides whether to ask a contact, and records why. Owns the tables `survey_request`, `decision` and `verdict`.
 * Invitations call it when a ticket is resolved or a survey is requested, and again before the email leaves.
 */
export type { DecisionCase, Elsewhere, TicketCase } from './case.ts';
export { composeFacts, gatherFacts } from './collect-facts.ts';
export { type Decision, decide, type Judgement, type Verdict } from './decide.ts';
export { openAt, openFrom, openZone } from './due.ts';
export { type ContactFacts, type EarlierInvitation, type Facts, isTest, type RequestedBy } from './facts.ts';
export { asDecision, decisionItem, reasonShape, verdictShape } from './items.ts';
export { recall } from './memory.ts';
export { type DecisionRow, findDecision, recordVerdict, recordVerdicts } from './queries/decisions.ts';
export { listDecisions } from './queries/list-decisions.ts';
export {
  addSurveyRequest,
  findRecipients,
  findSurveyRequestByKey,
  type SurveyRequestRow,
} from './queries/survey-requests.ts';
export { decisionListRoutes } from './routes.ts';
export { quietNow, quietPeriod } from './rules/about-timing.ts';
