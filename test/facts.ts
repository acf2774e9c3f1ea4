import type { ContactSnapshot } from '../src/model/contact.ts';
import type { TicketSnapshot } from '../src/model/ticket.ts';
import type { Zone } from '../src/model/zones.ts';
import type { ContactFacts, Facts, ResolutionOccasion, SurveyRequestOccasion } from '../src/modules/decisions/facts.ts';
import { surveyContentFrom, surveyDefinition } from '../src/modules/surveys/survey.ts';

/** What is other than usual. */
export type Changes = {
  survey?: Record<string, unknown>;
  resolution?: Partial<Omit<ResolutionOccasion, 'ticket'>>;
  ticket?: Partial<TicketSnapshot>;
  /** What the system does not say of its tickets. */
  untold?: 'publicReplies' | 'createdAt' | 'handler';
  /** Somebody wants them to be asked, in the place of a ticket that was resolved. */
  surveyRequest?: Partial<SurveyRequestOccasion>;
  /** What their record shows. */
  record?: Partial<ContactSnapshot>;
  /** `null`: the ticket has no requester. */
  contact?: Partial<ContactFacts> | null;
  unseen?: readonly string[];
  ownAddresses?: readonly string[];
  ownDomains?: readonly string[];
  machineAddresses?: readonly string[];
  zones?: readonly Zone[];
  now?: Date;
};

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const now = new Date('2026-03-20T12:00:00Z');
export const ago = (length: number) => new Date(now.getTime() - length);

export const ticket: TicketSnapshot = {
  id: '4711',
  state: 'resolved',
  createdAt: ago(2 * day),
  subject: 'Where is my parcel?',
  tags: ['vip'],
  publicReplies: 1,
  handler: 'human_agent',
};

/** Ann's ticket was resolved an hour ago and nothing speaks against asking her. */
export function factsWith(changes: Changes = {}): Facts {
  const email = 'ann@example.com';
  const definition = surveyDefinition.parse({ key: 'after-ticket', metric: 'nps', ...changes.survey });
  const shown: TicketSnapshot = { ...ticket, ...changes.ticket };
  if (changes.untold !== undefined) delete shown[changes.untold];
  const record = { id: '7', email, emails: [{ address: email, verified: true }], ...changes.record };
  return {
    now: changes.now ?? now,
    survey: { key: definition.key, ...surveyContentFrom(definition) },
    occasion: changes.surveyRequest
      ? { kind: 'surveyRequest', requestedBy: 'api', requestedAt: now, test: false, ...changes.surveyRequest }
      : {
          kind: 'resolution',
          activeSince: ago(30 * day),
          resolvedAt: ago(hour),
          exact: true,
          seenOpen: true,
          firstSeenAt: now,
          elsewhere: [],
          ...changes.resolution,
          ticket: shown,
        },
    ...(changes.contact === null ? {} : { contact: { email, records: [record], asked: [], ...changes.contact } }),
    unseen: changes.unseen ?? [],
    ownAddresses: new Set(changes.ownAddresses ?? ['support@example.com']),
    ownDomains: new Set(changes.ownDomains ?? []),
    machineAddresses: new Set(changes.machineAddresses ?? []),
    zones: changes.zones ?? [{ name: 'UTC', of: 'workspace' }],
  };
}
