import { type ContactSnapshot, normalizeEmail } from '../../domain/contact.ts';
import type { TicketSnapshot } from '../../domain/ticket.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { ContactRow } from '../../store/contacts.ts';
import type { RecipientRow } from '../../store/recipients.ts';
import type { ResolutionRow } from '../../store/tickets.ts';

/** A resolution, with everything that a decision about it rests on, whatever the survey. */
export type TicketCase = {
  connection: ConnectionRow;
  resolution: Pick<ResolutionRow, 'resolvedAt' | 'exact' | 'seenOpen' | 'firstSeenAt'>;
  snapshot: TicketSnapshot;
  /** The requester, their row held; nothing when we do not know them. */
  contact: ContactRow | undefined;
};

/** Somebody to be asked because somebody wants it. */
export type RecipientCase = {
  recipient: RecipientRow;
  /** Their row held. */
  contact: ContactRow;
  /** Their records as their systems show them now, and the connection of the first. */
  records: readonly ContactSnapshot[];
  connection: ConnectionRow | undefined;
};

export type Case = TicketCase | RecipientCase;

/** The person's records as their systems show them now: the requester of a ticket, all of a recipient's. */
export function recordsIn(about: Case): readonly ContactSnapshot[] {
  if ('recipient' in about) return about.records;
  return about.snapshot.requester ? [about.snapshot.requester] : [];
}

/** Where mail reaches them, normalised: where somebody wants it, or as their record says. */
export function addressShown(about: Case): string | undefined {
  if ('recipient' in about && about.recipient.email !== '') return about.recipient.email;
  return recordsIn(about).flatMap(({ email }) => (email && normalizeEmail(email)) || [])[0];
}
