import express, { type Router } from 'express';
import { unsubscribe } from '../../flows/answering/unsubscribe.ts';
import type { Context } from '../../flows/context.ts';
import { companyIn, firstOf, openedBy, openLink, showInvited } from './open-link.ts';

/** The way out: of this survey, or of all. Opening it does nothing, since mail scanners open links. */
export function unsubscribeRoutes(context: Context): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false });

  router.get('/u/:token', openLink(context, 'unsubscribe'), (_request, response) => {
    const { invited } = openedBy(response);
    showInvited(response, 200, { kind: 'unsubscribe', company: companyIn(invited) });
  });

  // An email program's one-click button posts here too, and means everything: https://www.rfc-editor.org/rfc/rfc8058
  router.post('/u/:token', form, openLink(context, 'unsubscribe'), async (request, response) => {
    const { invited } = openedBy(response);
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const scope = firstOf(sent.scope) === 'survey' ? 'survey' : 'everything';
    await unsubscribe(context, invited, scope);
    showInvited(response, 200, { kind: 'unsubscribed', company: companyIn(invited), scope });
  });

  return router;
}
