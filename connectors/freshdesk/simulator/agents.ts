import express, { type Router } from 'express';
import type { Account } from './account.ts';
import { readId, readQuery } from './reading.ts';
import { notFound } from './refusals.ts';

/** https://developers.freshdesk.com/api/#agents */
export function agentRoutes(account: Account): Router {
  const router = express.Router();
  router.get('/agents/:id', (request, response) => {
    readQuery(request, []);
    const agent = account.agents.get(readId(request.params.id));
    if (!agent) throw notFound();
    const { id, name, email } = agent;
    const contact = { active: true, email, language: 'en', name, time_zone: 'Eastern Time (US & Canada)' };
    response.json({ id, available: true, occasional: false, ticket_scope: 1, type: 'support_agent', contact });
  });
  return router;
}
