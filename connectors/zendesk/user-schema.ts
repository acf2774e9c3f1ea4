import { z } from 'zod';
import type { ContactSnapshot } from '../../src/domain/contact.ts';
import { flag, given, id, text } from './shapes.ts';

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
    external_id: text,
    user_fields: z.record(z.string(), z.unknown()).nullish(),
  })
  .transform(
    (body): ZendeskUser => ({
      contact: {
        id: body.id,
        ...given('email', body.email),
        // `verified` is true when any address of the user is. Where it is not told, the address is as good as Zendesk
        // itself takes it: the one it mails to.
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

const identity = z.object({ user_id: id, type: z.string(), value: text, verified: flag, deliverable_state: text });
type Identity = z.infer<typeof identity>;

const identities = z
  .array(identity)
  .nullish()
  .transform((all) => all ?? []);

export const oneUser = z
  .object({ user: userBody, identities })
  .transform(({ user, identities }) => withIdentities(user, identities));
export const severalUsers = z
  .object({ users: z.array(userBody), identities })
  .transform(({ users, identities }) => users.map((user) => withIdentities(user, identities)));

/**
 * Identities tell all addresses of a user, each with whether it was verified and whether mail to it arrives. They come
 * along only where they were asked for: https://developer.zendesk.com/api-reference/ticketing/users/user_identities/
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
        ...contact.emails.map((email) => ({ ...email, verified: primary?.verified ?? email.verified })),
        ...further.map(({ value, verified }) => ({ address: value ?? '', verified: verified ?? false })),
      ],
      ...(primary?.deliverable_state === 'undeliverable' ? { undeliverable: true } : {}),
    },
  };
}
