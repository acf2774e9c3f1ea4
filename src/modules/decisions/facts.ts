import { type ContactSnapshot, normalizeEmail } from '../../model/contact.ts';
import type { DecisionNote, RuleReason } from '../../model/messages/decision-reason.ts';
import type { Metric } from '../../model/scale.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import type { Zone } from '../../model/zones.ts';
import type { SurveyContent } from '../surveys/index.ts';

/** Everything that a decision rests on. It is a function of these and nothing else. */
export type Facts = {
  now: Date;
  survey: { key: string } & SurveyContent;
  occasion: ResolutionOccasion | SurveyRequestOccasion;
  /** Whom it is about, as we know them across all systems; absent when the ticket has no requester. */
  contact?: ContactFacts;
  /** Systems that could not be asked for records of the contact, by their names. */
  unseen: readonly string[];
  /** Normalized addresses that are the company's own, such as the sender's. */
  ownAddresses: ReadonlySet<string>;
  /** Domains that are its own, in lower case and ASCII; what stands below them is its own as well. */
  ownDomains: ReadonlySet<string>;
  /** What an admin named as machines besides those that everybody knows; see `isMachineAddress`. */
  machineAddresses: ReadonlySet<string>;
  /** Where the contact may be at home, the likeliest first. */
  zones: readonly Zone[];
};

/** A ticket was resolved. */
export type ResolutionOccasion = {
  kind: 'resolution';
  /** Tickets resolved before this are never asked about. */
  activeSince: Date;
  /** The vendor's own time of it, or where it tells none our best estimate. */
  resolvedAt: Date;
  /** Whether `resolvedAt` is the vendor's own. */
  exact: boolean;
  /** Whether we saw the ticket open before, so that it was certainly resolved since. */
  seenOpen: boolean;
  firstSeenAt: Date;
  ticket: TicketSnapshot;
  /** The survey that already asks about this resolution, when there is one. */
  askedBy?: string;
  /** Tickets of this contact in other connections about which they are asked. */
  elsewhere: readonly { system: string; subject: string; resolvedAt: Date }[];
};

/** Somebody wants this contact to be asked. */
export type SurveyRequestOccasion = {
  kind: 'surveyRequest';
  requestedBy: RequestedBy;
  requestedAt: Date;
  test: boolean;
};

export type RequestedBy = 'api' | 'workflow' | 'console' | 'agent';

export type ContactFacts = {
  /** Normalized; absent when there is none that mail could be sent to. */
  email?: string;
  /** Their records as the systems show them now, a ticket's requester first. */
  records: readonly ContactSnapshot[];
  /** BCP 47. */
  language?: string;
  company?: string;
  /** One of our own who tries it out. */
  test?: boolean;
  /** When they unsubscribed from every survey, and from this one. */
  unsubscribedAt?: Date;
  unsubscribedHereAt?: Date;
  /** What is remembered of the address when everything else is gone. */
  suppressed?: 'unsubscribed' | 'erased';
  /** When an email to `email` bounced, and when its owner complained of one. */
  bouncedAt?: Date;
  complainedAt?: Date;
  /** Any record of theirs says so, or somebody here did. */
  doNotSurvey?: 'on_record' | 'here';
  /** Whether a ticket of theirs was ever opened again after it was resolved. */
  reopenedBefore?: boolean;
  /** Invitations to this contact that count as asked, the one under decision left out. */
  asked: readonly EarlierInvitation[];
};

/** `at` is when the email left; in the future it is when it is to leave. */
export type EarlierInvitation = { metric: Metric; survey: string; at: Date };

/**
 * One rule: what it says of the facts, or nothing when it has nothing against asking.
 *
 * `skipped` and `waiting` are what the ledger shows; `notApplied` says that the system does not know a fact the rule
 * rests on, so that nobody believes it was looked at.
 */
export type Rule = {
  /** The code of everything that it says. */
  reason: RuleReason['code'];
  /** Whether it holds for a test too, which passes every other one. */
  evenForTests?: true;
  judge(facts: Facts): Objection | undefined;
};

export type Objection =
  | { skipped: RuleReason }
  | { waiting: RuleReason; until: Date }
  | { notApplied: readonly DecisionNote[] };

/** What a rule about tickets says: nothing where no ticket is the occasion. */
export function onTickets(judge: (occasion: ResolutionOccasion, facts: Facts) => Objection | undefined): Rule['judge'] {
  return (facts) => (facts.occasion.kind === 'resolution' ? judge(facts.occasion, facts) : undefined);
}

/** A ticket with this tag is somebody's own try; one that follows it up has the tag without having been given it. */
const testTag = 'feedback_test';

/** Whether this is a test: asked at once, and counted nowhere. */
export function isTest({ occasion, contact }: Pick<Facts, 'occasion' | 'contact'>): boolean {
  if (contact?.test) return true;
  if (occasion.kind === 'surveyRequest') return occasion.test;
  return occasion.ticket.tags.includes(testTag) && !occasion.ticket.followUp;
}

/** Since when this is to be asked. A vendor whose clock runs ahead of ours delays nothing. */
export function beganAt({ occasion }: Pick<Facts, 'occasion'>): Date {
  if (occasion.kind === 'surveyRequest') return occasion.requestedAt;
  return new Date(Math.min(occasion.resolvedAt.getTime(), occasion.firstSeenAt.getTime()));
}

/**
 * The contact's records that show the address to be written to, or none: what a system says of another address, such as
 * that mail to it does not arrive, says nothing of this one.
 */
export function recordsAt({ records, email }: Pick<ContactFacts, 'records' | 'email'>): readonly ContactSnapshot[] {
  return records.filter((record) => record.email === undefined || normalizeEmail(record.email) === email);
}
