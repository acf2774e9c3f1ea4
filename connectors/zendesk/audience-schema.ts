import { z } from 'zod';
import { rows } from '../kit/answer-rows.ts';
import { type Page, pageLinks, pageSchema } from './page-schema.ts';
import { given, id, reference, text } from './shapes.ts';

// Pages of contacts, as far as who is on them: what is known of each is read like any other contact.

export type UserIds = Page<string>;

/** A view is a list of tickets; its contacts are those who asked. */
export const requesters = z
  .object({ tickets: rows(z.object({ requester_id: reference })), ...pageLinks })
  .transform(({ tickets, ...links }): UserIds => {
    const ids = tickets.flatMap(({ requester_id }) => requester_id ?? []);
    return pageSchema([...new Set(ids)], links);
  });

export const foundUsers = z.object({ results: rows(z.object({ id })), ...pageLinks }).transform(
  ({ results, ...links }): UserIds =>
    pageSchema(
      results.map((user) => user.id),
      links,
    ),
);

export const changedUsers = z
  .object({ users: rows(z.object({ id })), after_cursor: text, end_of_stream: z.boolean() })
  .transform(
    ({ users, after_cursor: cursor, end_of_stream }): UserIds => ({
      items: [...new Set(users.map((user) => user.id))],
      ...given('next', end_of_stream || cursor === undefined ? undefined : { cursor }),
    }),
  );
