import type { ContactSnapshot } from '../src/domain/contact.ts';
import type { Facts } from '../src/domain/decision/facts.ts';
import { contentOf, surveyDefinition } from '../src/domain/survey/survey.ts';
import type { TicketSnapshot } from '../src/domain/ticket.ts';

export type Person = NonNullable<Facts['person']>;

/** What is other than usual. */
export type Changes = {
  survey?: Record<string, unknown>;
  listensSince?: Date;
  resolution?: Partial<Facts['resolution']>;
  ticket?: Partial<TicketSnapshot>;
  requester?: Partial<ContactSnapshot>;
  /** `null`: the ticket has no requester. */
  person?: Partial<Person> | null;
  ownAddresses?: readonly string[];
  askedBy?: string;
};

export const minute = 60_000;
export const day = 24 * 60 * minute;
export const now = new Date('2026-03-20T12:00:00Z');
export const ago = (length: number) => new Date(now.getTime() - length);

/** Ann's ticket was resolved an hour ago and nothing speaks against asking her. */
export function factsWith(changes: Changes = {}): Facts {
  const { person = {}, requester, askedBy } = changes;
  const email = 'ann@example.com';
  const definition = surveyDefinition.parse({ key: 'after-ticket', metric: 'nps', ...changes.survey });
  return {
    now,
    survey: { key: definition.key, ...contentOf(definition) },
    listensSince: changes.listensSince ?? ago(30 * day),
    resolution: {
      resolvedAt: ago(60 * minute),
      exact: true,
      seenOpen: true,
      firstSeenAt: ago(0),
      ...changes.resolution,
    },
    ticket: {
      id: '4711',
      state: 'resolved',
      createdAt: ago(2 * day),
      tags: ['vip'],
      publicReplies: 1,
      requester: { id: '7', email, emails: [{ address: email, verified: true }], ...requester },
      ...changes.ticket,
    },
    ...(person === null ? {} : { person: { email, doNotSurvey: false, asked: [], ...person } }),
    ownAddresses: new Set(changes.ownAddresses ?? ['support@example.com']),
    ...(askedBy === undefined ? {} : { askedBy }),
  };
}
