import { z } from 'zod';
import { emailAddress } from '../../model/email-address.ts';
import { renderFor } from '../../platform/http/messages.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { byId } from '../../platform/http/shapes.ts';
import type { ContactsContext } from './context.ts';
import { findReferencedContact } from './find-contact.ts';
import { eraseContact } from './privacy/erase.ts';
import { exportPersonalData } from './privacy/export.ts';
import { liftSuppression } from './privacy/lift-suppression.ts';

const about = 'Privacy';

/** `GET /api/contacts/:id/export`, `DELETE /api/contacts/:id`, `POST /api/suppressions/lift`. */
export function privacyRoutes(context: ContactsContext): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/contacts/:id/export',
      about,
      summary: 'Exports all personal data of a contact.',
      scope: 'read',
      params: byId,
      answer: z.record(z.string(), z.unknown()),
      respond: async ({ params, ...sent }) => {
        const { workspaceId } = sent.caller;
        return exportPersonalData(context, { workspaceId, contactId: params.id }, await renderFor(context, sent));
      },
    }),
    route({
      method: 'delete',
      path: '/contacts/:id',
      about,
      summary: 'Erases a contact: deletes their data, clears their records, and never asks them again.',
      scope: 'contacts:write',
      params: byId,
      does: 'contact.erase',
      isNoted: true,
      respond: async ({ caller: { workspaceId, actor }, params }) => {
        const { id: contactId } = await findReferencedContact(context, { workspaceId, ...params });
        await eraseContact(context, { workspaceId, contactId, because: 'request', actor });
      },
    }),
    route({
      method: 'post',
      path: '/suppressions/lift',
      about,
      summary: 'Lifts the suppression of an address whose owner wants to be asked again.',
      scope: 'contacts:write',
      body: z.strictObject({ address: emailAddress }),
      refusals: { 404: 'The address has no suppression.' },
      does: 'suppression.lift',
      isNoted: true,
      respond: ({ caller: { workspaceId, actor }, body }) =>
        liftSuppression(context, { workspaceId, actor, address: body.address }),
    }),
  ];
}
