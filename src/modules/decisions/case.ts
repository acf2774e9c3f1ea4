import { type ContactSnapshot, normalizeEmail } from '../../model/contact.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import type { ConnectionRow } from '../connections/index.ts';
import type { ContactRow } from '../contacts/index.ts';
import type { ResolutionRow } from '../tickets/index.ts';
import type { SurveyRequestRow } from './queries/survey-requests.ts';

export type Elsewhere = {
  /** What the other connections show of the contact now; nothing until an email is about to leave. */
  elsewhere?: readonly ContactSnapshot[];
  /** Systems that could not be asked, by their names. */
  unseen?: readonly string[];
};

/** A resolution, with everything that a decision about it rests on, whatever the survey. */
export type TicketCase = {
  connection: ConnectionRow;
  resolution: Pick<ResolutionRow, 'resolvedAt' | 'exact' | 'seenOpen' | 'firstSeenAt'>;
  snapshot: TicketSnapshot;
  /** The requester, their row locked; nothing when we do not know them. */
  contact: ContactRow | undefined;
} & Elsewhere;

/** Somebody to be asked because somebody wants it. */
export type SurveyRequestCase = {
  surveyRequest: SurveyRequestRow;
  /** Their row locked. */
  contact: ContactRow;
  /** Their records as their systems show them now, and the connection of the first. */
  records: readonly ContactSnapshot[];
  connection: ConnectionRow | undefined;
} & Elsewhere;

export type DecisionCase = TicketCase | SurveyRequestCase;

/** The contact's records as their systems show them now, a ticket's requester first. */
export function recordsIn(about: DecisionCase): readonly ContactSnapshot[] {
  const own = 'surveyRequest' in about ? about.records : about.snapshot.requester ? [about.snapshot.requester] : [];
  return [...own, ...(about.elsewhere ?? [])];
}

/** The address that an email goes to, normalized: the one that was requested, else the record's. */
export function addressShown(about: DecisionCase): string | undefined {
  if ('surveyRequest' in about && about.surveyRequest.email !== '') return about.surveyRequest.email;
  return recordsIn(about).flatMap(({ email }) => (email && normalizeEmail(email)) || [])[0];
}
