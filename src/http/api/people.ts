import express, { type Router } from 'express';
import { z } from 'zod';
import type { Context } from '../../flows/context.ts';
import { joinPeople } from '../../flows/writing/join.ts';
import { jsonBody, readBody, readInput } from '../read-body.ts';

const id = z.uuid('must be a person’s id');
const wish = z.strictObject({ into: id });

/** `POST /api/contacts/:id/merge` with `{"into": …}`: these two are one person. */
export function peopleRoutes(context: Context, workspaceId: string): Router {
  const router = express.Router();
  router.post('/contacts/:id/merge', jsonBody, async (request, response) => {
    const loser = readInput(request.params.id, id, 'id');
    const { into } = readBody(request, wish);
    await joinPeople(context, { workspaceId, loser, winner: into });
    response.status(204).end();
  });
  return router;
}
