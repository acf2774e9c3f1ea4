import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { normalizeEmail } from '../../domain/contact.ts';
import { InvalidInput } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import type { Filter, Page } from '../../store/listing-page.ts';
import { listContacts, listDecisions, listInvitations, listNotices, listResponses } from '../../store/listings.ts';
import { readInput } from '../read-body.ts';

const query = z.strictObject({
  limit: z.coerce.number('must be a number').int('must be a whole number').min(1).max(200).default(50),
  cursor: z.string().optional(),
  ticket: z.string().max(100).optional(),
  email: z.string().max(320).optional(),
  connection: z.uuid('must be a connection’s id').optional(),
});

type Listing =
  | typeof listContacts
  | typeof listDecisions
  | typeof listInvitations
  | typeof listResponses
  | typeof listNotices;

const lists: Readonly<Record<string, Listing>> = {
  contacts: listContacts,
  decisions: listDecisions,
  invitations: listInvitations,
  responses: listResponses,
  notices: listNotices,
};

/** `GET /api/contacts`, `…/decisions`, `…/invitations`, `…/responses`, `…/notices`: newest first, `{items, next}`. */
export function listRoutes({ database }: Context, workspaceId: string): Router {
  const router = express.Router();
  for (const [name, list] of Object.entries(lists)) {
    router.get(`/${name}`, async (request, response) => {
      const { filter, page } = readQuery(request);
      const found = await list(database.db, workspaceId, filter, page);
      const last = found.length === page.limit ? found.at(-1) : undefined;
      response.json({
        items: found.map(({ at: _at, ...item }) => withoutCursor(item)),
        next: last === undefined ? null : writeCursor(last),
      });
    });
  }
  return router;
}

/** An invitation's own id is half of its link; lists name it by its decision and keep the id to themselves. */
function withoutCursor(item: object): object {
  const { cursor: _cursor, ...rest } = item as { cursor?: string };
  return rest;
}

function readQuery(request: Request): { filter: Filter; page: Page } {
  const { limit, cursor, ticket, email, connection } = readInput(request.query, query, 'query');
  return {
    filter: {
      ...(ticket === undefined ? {} : { ticket }),
      ...(email === undefined ? {} : { email: normalizeEmail(email) ?? email }),
      ...(connection === undefined ? {} : { connection }),
    },
    page: { limit, ...(cursor === undefined ? {} : { before: readCursor(cursor) }) },
  };
}

function writeCursor(row: { at: Date; id: string; cursor?: string }): string {
  return Buffer.from(JSON.stringify([row.at.toISOString(), row.cursor ?? row.id])).toString('base64url');
}

function readCursor(cursor: string): { at: Date; id: string } {
  try {
    const [at, id] = z
      .tuple([z.iso.datetime(), z.string()])
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch (cause) {
    throw new InvalidInput('the cursor is not one of ours', {
      problems: [{ field: 'cursor', problem: 'must be `next` of the page before, unchanged' }],
      cause,
    });
  }
}
