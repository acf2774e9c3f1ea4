import { z } from 'zod';
import { flag, given, id, text } from './shapes.ts';

// What an admin can set up, as far as provisioning looks at it.

/** One page of a list, and the query of the next. */
export type Page<T> = { items: readonly T[]; next?: Readonly<Record<string, string>> };

const pageLinks = {
  meta: z.object({ has_more: z.boolean() }).nullish(),
  links: z.object({ next: text }).nullish(),
  next_page: text,
};

/** Only the query of a link is followed: its host is Zendesk's public one, which may not be where we ask. */
function pageOf<T>(items: readonly T[], { meta, links, next_page }: z.infer<z.ZodObject<typeof pageLinks>>): Page<T> {
  const link = meta?.has_more === false ? undefined : (links?.next ?? next_page);
  const query = link === undefined ? undefined : new URL(link, 'https://zendesk.invalid').searchParams;
  return { items, ...given('next', query && Object.fromEntries(query)) };
}

const userField = z.object({
  id,
  key: z.string(),
  type: z.string(),
  active: flag,
  custom_field_options: z
    .array(z.object({ value: z.string() }))
    .nullish()
    .transform((options) => options?.map(({ value }) => value) ?? []),
});
export type UserField = z.infer<typeof userField>;

export const userFields = z
  .object({ user_fields: z.array(userField), ...pageLinks })
  .transform(({ user_fields, ...links }) => pageOf(user_fields, links));

const webhook = z.object({
  id,
  name: z.string(),
  status: z.string(),
  endpoint: z.string(),
  subscriptions: z
    .array(z.string())
    .nullish()
    .transform((subscriptions) => subscriptions ?? []),
});
export type Webhook = z.infer<typeof webhook>;

export const oneWebhook = z.object({ webhook }).transform(({ webhook }) => webhook);
export const webhooks = z
  .object({ webhooks: z.array(webhook), ...pageLinks })
  .transform(({ webhooks, ...links }) => pageOf(webhooks, links));
export const signingSecret = z
  .object({ signing_secret: z.object({ secret: z.string().min(1) }) })
  .transform(({ signing_secret }) => signing_secret.secret);
