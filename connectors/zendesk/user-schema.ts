import { z } from 'zod';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { noteOddity, rows, sideloadedRows } from '../kit/answer-rows.ts';
import { flag, given, id, key, text } from './shapes.ts';

export type ZendeskUser = {
  contact: ContactSnapshot;
  /** Deleted and merged-away users stay readable for a while, inactive. */
  gone: boolean;
  externalId?: string;
  fields: Readonly<Record<string, unknown>>;
};

export const userBody = z
  .object({
    id,
    name: text,
    email: text,
    verified: flag,
    role: text,
    active: flag,
    suspended: flag,
    shared: flag,
    locale: text,
    iana_time_zone: text,
    external_id: key,
    user_fields: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  })
  .transform(
    (body): ZendeskUser => ({
      contact: {
        id: body.id,
        ...given('email', body.email),
        // `verified` is true when any address of the user is. Where it is not told, the address is as good as Zendesk
        // itself takes it: the one it emails to.
        emails: body.email ? [{ address: body.email, verified: body.verified ?? true }] : [],
        ...given('name', body.name),
        ...given('language', body.locale),
        ...given('timeZone', body.iana_time_zone),
        ...given('staff', body.role === undefined ? undefined : body.role.toLowerCase() !== 'end-user'),
        ...given('suspended', body.suspended),
        ...given('shared', body.shared),
      },
      gone: body.active === false,
      ...given('externalId', body.external_id),
      fields: body.user_fields ?? {},
    }),
  );

/**
 * One way to reach or recognize a user. `verified` is deprecated for `verification_method`; `ownership` is told where
 * an address may belong to several contacts.
 * https://developer.zendesk.com/api-reference/ticketing/users/user_identities/
 */
const identity = z.object({
  user_id: id,
  type: z.string(),
  value: text,
  verified: flag,
  verification_method: text,
  ownership: text,
  deliverable_state: text,
});
type Identity = z.infer<typeof identity>;

const identities = sideloadedRows(identity);

export const oneUser = z
  .object({ user: userBody, identities })
  .transform(({ user, identities }) => withIdentities(user, identities));
export const severalUsers = z
  .object({ users: rows(userBody), identities })
  .transform(({ users, identities }) => users.map((user) => withIdentities(user, identities)));

/** Of a deleted user; Zendesk keeps who they were until they are deleted permanently. */
export const deletedUser = z
  .object({ deleted_user: z.object({ permanently_deleted: flag }) })
  .transform(({ deleted_user: { permanently_deleted: forGood } }) => ({ forGood: forGood === true }));

/**
 * Identities tell all addresses of a user, each with whether it was verified and whether mail to it arrives. They come
 * along only where they were asked for.
 */
function withIdentities(user: ZendeskUser, all: readonly Identity[]): ZendeskUser {
  const { contact } = user;
  const own = all.filter(({ user_id, type, value }) => user_id === contact.id && type === 'email' && value);
  if (own.length === 0) return user;
  const primary = own.find(({ value }) => value?.toLowerCase() === contact.email?.toLowerCase());
  const further = own.filter((one) => one !== primary);
  return {
    ...user,
    contact: {
      ...contact,
      emails: [
        ...contact.emails.map((email) => ({
          ...email,
          verified: (primary && isVerified(primary)) ?? email.verified,
          ...sharing(primary),
        })),
        ...further.map((one) => ({
          address: one.value ?? '',
          verified: isVerified(one) ?? false,
          ...sharing(one),
        })),
      ],
      ...reachability(contact.id, primary?.deliverable_state),
    },
  };
}

/** Proven to be theirs. A `low` or `embed`ded one was only claimed. Nothing where it is not told. */
function isVerified({ verification_method: method, verified }: Identity): boolean | undefined {
  return method === undefined ? verified : method === 'full' || method === 'sso';
}

function sharing(identity: Identity | undefined): { shared?: true } {
  return identity?.ownership === 'shared' ? { shared: true } : {};
}

/** `mandatory` is an address that the account prefers to all others. */
const reached: ReadonlySet<string> = new Set(['deliverable', 'mandatory']);
const machines: ReadonlySet<string> = new Set([
  'mailing_list',
  'mailer_daemon',
  'machine',
  'ticket_sharing_partner',
  'reserved_example',
]);

function reachability(userId: string, state: string | undefined): { undeliverable?: true; machine?: true } {
  if (state === undefined || reached.has(state)) return {};
  if (state === 'undeliverable') return { undeliverable: true };
  if (machines.has(state)) return { machine: true };
  noteOddity({ code: 'state_unknown', id: userId, at: `deliverable_state ${/^\w{1,40}$/u.exec(state) ?? ''}`.trim() });
  return {};
}
