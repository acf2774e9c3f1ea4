import { z } from 'zod';
import { rows } from '../kit/answer-rows.ts';
import { pageLinks, pageSchema } from './page-schema.ts';
import { flag, id, text } from './shapes.ts';

// What an admin can set up, as far as provisioning looks at it.

const userField = z.object({
  id,
  key: z.string(),
  type: z.string(),
  active: flag,
  /** Empty where it was not told. */
  description: text.transform((description) => description ?? ''),
  custom_field_options: z
    .array(z.object({ value: z.string() }))
    .nullish()
    .transform((options) => options?.map(({ value }) => value) ?? []),
});
export type UserField = z.infer<typeof userField>;

export const userFields = z
  .object({ user_fields: rows(userField), ...pageLinks })
  .transform(({ user_fields, ...links }) => pageSchema(user_fields, links));

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
  .object({ webhooks: rows(webhook), ...pageLinks })
  .transform(({ webhooks, ...links }) => pageSchema(webhooks, links));
export const signingSecret = z
  .object({ signing_secret: z.object({ secret: z.string().min(1) }) })
  .transform(({ signing_secret }) => signing_secret.secret);
