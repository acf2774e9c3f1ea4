import { randomUUID } from 'node:crypto';
import { type Account, type FieldValue, type Ticket, timestamp, type User, type UserField } from './account.ts';

/** The events that things happening in the simulator cause. Zendesk knows more; those are never sent. */
export type EventName =
  | 'ticket.created'
  | 'ticket.status_changed'
  | 'ticket.requester_changed'
  | 'ticket.merged'
  | 'ticket.soft_deleted'
  | 'user.created'
  | 'user.custom_field_changed'
  | 'user.active_changed'
  | 'user.merged'
  | 'user.deleted';

export type VendorEvent = {
  account_id: number;
  detail: Readonly<Record<string, unknown>>;
  event: Readonly<Record<string, unknown>>;
  id: string;
  subject: string;
  time: string;
  type: `zen:event-type:${EventName}`;
  zendesk_event_version: string;
};

export function ticketCreated(account: Account, ticket: Ticket): VendorEvent {
  return envelope(account, 'ticket.created', `zen:ticket:${ticket.id}`, ticketDetail(account, ticket), {});
}

export function ticketStatusChanged(account: Account, ticket: Ticket, previous: Ticket['status']): VendorEvent {
  return envelope(account, 'ticket.status_changed', `zen:ticket:${ticket.id}`, ticketDetail(account, ticket), {
    current: ticket.status.toUpperCase(),
    previous: previous.toUpperCase(),
    meta: { sequence: { id: randomUUID().replaceAll('-', ''), position: 1 } },
  });
}

export function ticketRequesterChanged(account: Account, ticket: Ticket, previous: User): VendorEvent {
  return envelope(account, 'ticket.requester_changed', `zen:ticket:${ticket.id}`, ticketDetail(account, ticket), {
    current: String(ticket.requester.id),
    previous: String(previous.id),
  });
}

/** About the ticket that is merged away. */
export function ticketMerged(account: Account, loser: Ticket): VendorEvent {
  return envelope(account, 'ticket.merged', `zen:ticket:${loser.id}`, ticketDetail(account, loser), {});
}

export function ticketSoftDeleted(account: Account, ticket: Ticket): VendorEvent {
  return envelope(account, 'ticket.soft_deleted', `zen:ticket:${ticket.id}`, ticketDetail(account, ticket), {});
}

/** About the user that is merged away; `user` is the other one. */
export function userMerged(account: Account, loser: User, winner: User): VendorEvent {
  return envelope(account, 'user.merged', `zen:user:${loser.id}`, userDetail(loser), {
    user: { id: String(winner.id) },
  });
}

export function userActiveChanged(account: Account, user: User): VendorEvent {
  return envelope(account, 'user.active_changed', `zen:user:${user.id}`, userDetail(user), {
    current: user.active,
    previous: !user.active,
  });
}

export function userDeleted(account: Account, user: User): VendorEvent {
  return envelope(account, 'user.deleted', `zen:user:${user.id}`, userDetail(user), {});
}

export function userCreated(account: Account, user: User): VendorEvent {
  return envelope(account, 'user.created', `zen:user:${user.id}`, userDetail(user), {});
}

export function userFieldChanged(
  account: Account,
  user: User,
  change: { field: UserField; current: FieldValue; previous: FieldValue },
): VendorEvent {
  const { field, current, previous } = change;
  return envelope(account, 'user.custom_field_changed', `zen:user:${user.id}`, userDetail(user), {
    current,
    field: { id: String(field.id), title: field.title, type: field.type },
    previous,
  });
}

function envelope(
  account: Account,
  name: EventName,
  subject: string,
  detail: VendorEvent['detail'],
  event: VendorEvent['event'],
): VendorEvent {
  return {
    account_id: account.id,
    detail,
    event,
    id: randomUUID(),
    subject,
    time: account.clock().toISOString().replace('Z', '000000Z'),
    type: `zen:event-type:${name}`,
    zendesk_event_version: '2022-11-06',
  };
}

/** In events every id is a string and every word of a list is in capitals, unlike in the REST API. */
function ticketDetail(account: Account, ticket: Ticket): VendorEvent['detail'] {
  return {
    actor_id: String((ticket.assignee ?? account.admin).id),
    assignee_id: ticket.assignee ? String(ticket.assignee.id) : null,
    brand_id: String(account.brandId),
    created_at: timestamp(ticket.createdAt),
    custom_status: null,
    description: ticket.subject,
    external_id: null,
    form_id: null,
    group_id: String(account.group.id),
    id: String(ticket.id),
    is_public: true,
    organization_id: null,
    priority: 'NORMAL',
    requester_id: String(ticket.requester.id),
    status: ticket.status.toUpperCase(),
    subject: ticket.subject,
    submitter_id: String(ticket.submitter.id),
    tags: ticket.tags,
    type: 'QUESTION',
    updated_at: timestamp(ticket.updatedAt),
    via: { channel: ticket.channel },
  };
}

function userDetail(user: User): VendorEvent['detail'] {
  return {
    created_at: timestamp(user.createdAt),
    default_group_id: null,
    email: user.identities[0]?.address ?? null,
    external_id: user.externalId,
    id: String(user.id),
    organization_id: null,
    role: user.role.toUpperCase(),
    updated_at: timestamp(user.updatedAt),
  };
}
