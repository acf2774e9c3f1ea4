import type { ContactSnapshot } from './contact.ts';

export const ticketHandlers = ['human_agent', 'ai_agent', 'automation'] as const;
export type TicketHandler = (typeof ticketHandlers)[number];

/** How one of several contacts of a ticket was taken for its requester. */
export const requesterRules = ['wrote_first', 'labelled_primary', 'oldest_record'] as const;
export type RequesterRule = (typeof requesterRules)[number];

/** A ticket as a vendor shows it at the moment of a look. A field that the vendor does not know is absent. */
export type TicketSnapshot = {
  /** The vendor's id, always as a string. */
  id: string;
  /** `gone` is deleted or merged away: it never resolves. */
  state: 'open' | 'resolved' | 'gone';
  /** The vendor's own exact time of the latest resolution; absent where the vendor does not tell it. */
  resolvedAt?: Date;
  createdAt?: Date;
  /** The vendor's time of the last change of any kind. */
  updatedAt?: Date;
  /** Resolved so long ago that the vendor has archived it and will not reopen it. Not a resolution of its own. */
  archived?: boolean;
  /** It lost a merge: the winner decides alone. */
  merged?: boolean;
  /** It goes on from a ticket that was closed, and may have its tags: they say nothing of this one's state. */
  followUp?: boolean;
  /** Spam, or closed by the system without anybody working on it. */
  spam?: boolean;
  subject?: string;
  requester?: ContactSnapshot;
  /** Where several contacts belong to the ticket, why this one is the requester. */
  requesterBy?: RequesterRule;
  agent?: { id: string; name?: string };
  /** Who brought it to its resolution: one of the team, the vendor's AI agent, or a rule that closed it by itself. */
  handler?: TicketHandler;
  group?: { id: string; name?: string };
  tags: readonly string[];
  brand?: string;
  channel?: string;
  priority?: string;
  pipeline?: string;
  satisfaction?: string;
  /**
   * Replies by agents that the requester could read. Absent where the channel has none to count (phone, a ticket that an
   * agent opened for the customer) and where the vendor does not tell.
   */
  publicReplies?: number;
};
