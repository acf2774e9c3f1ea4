import type { WorkflowSurveyRequest } from '../../connector.ts';
import type { LiveConnection } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';

/** What receiving webhooks works with. */
export type EventsContext = ContactsContext & { listeners: EventListeners };

/** What later modules do with what a vendor sends. */
export type EventListeners = {
  /** Called when a step of a vendor's workflow wants a contact to be asked. Throws as `askRecord` does. */
  surveyRequested(live: LiveConnection, requested: Omit<WorkflowSurveyRequest, 'account'>): Promise<RequestedSurvey>;
};

/** What was decided of it. */
export type RequestedSurvey = { verdict: 'asked' | 'waiting' | 'skipped'; reason: string; reasonParams: object };
