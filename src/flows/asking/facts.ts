import { normalizeEmail } from '../../domain/contact.ts';
import type { Facts } from '../../domain/decision/facts.ts';
import type { TicketSnapshot } from '../../domain/ticket.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import { type ContactRow, saysDoNotSurvey } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { askedOf } from '../../store/invitations.ts';
import type { VersionedSurvey } from '../../store/surveys.ts';
import type { ResolutionRow } from '../../store/tickets.ts';
import type { Context } from '../context.ts';

/** A resolution with everything that a decision about it rests on, whatever the survey. */
export type Case = {
  connection: ConnectionRow;
  resolution: ResolutionRow;
  snapshot: TicketSnapshot;
  /** The requester, their row held. */
  contact: ContactRow | undefined;
};

/**
 * Gathers the facts of one survey's decision.
 *
 * @param except the invitation under decision itself, which does not count as having asked
 */
export async function gatherFacts(
  tx: Queryable,
  context: Pick<Context, 'clock' | 'ownAddresses'>,
  { connection, resolution, snapshot, contact }: Case,
  survey: VersionedSurvey,
  { except, askedBy }: { except?: string; askedBy?: string } = {},
): Promise<Facts> {
  return {
    now: context.clock(),
    survey: { key: survey.key, ...survey.content },
    listensSince: connection.listensSince,
    resolution,
    ticket: snapshot,
    ownAddresses: context.ownAddresses,
    ...(contact ? { person: await gatherPerson(tx, snapshot, contact, except) } : {}),
    ...(askedBy === undefined ? {} : { askedBy }),
  };
}

async function gatherPerson(
  tx: Queryable,
  snapshot: TicketSnapshot,
  contact: ContactRow,
  except: string | undefined,
): Promise<NonNullable<Facts['person']>> {
  const raw = snapshot.requester?.email;
  const email = raw === undefined ? undefined : normalizeEmail(raw);
  return {
    ...(email === undefined ? {} : { email }),
    ...(contact.unsubscribedAt ? { unsubscribedAt: contact.unsubscribedAt } : {}),
    ...(contact.bouncedAt ? { bouncedAt: contact.bouncedAt } : {}),
    doNotSurvey: (snapshot.requester?.doNotSurvey ?? false) || (await saysDoNotSurvey(tx, contact.id)),
    asked: await askedOf(tx, contact.id, except),
  };
}
