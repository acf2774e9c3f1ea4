import { z } from 'zod';
import { emailAddress } from '../../model/email-address.ts';
import { renderFor } from '../../platform/http/messages.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { byId } from '../../platform/http/shapes.ts';
import type { ContactsContext } from './context.ts';
import { findContactOf } from './find-contact.ts';
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
      summary: 'Everything that is held on a contact, for whoever asks what that is.',
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
      summary: 'Deletes everything that is held on a contact, here and on their records, and never asks them again.',
      scope: 'contacts:write',
      params: byId,
      does: 'contact.erase',
      isNoted: true,
      respond: async ({ caller: { workspaceId, actor }, params }) => {
        const { id: contactId } = await findContactOf(context, { workspaceId, ...params });
        await eraseContact(context, { workspaceId, contactId, because: 'request', actor });
      },
    }),
    route({
      method: 'post',
      path: '/suppressions/lift',
      about,
      summary: 'Lets an address be asked again whose contact was erased or had unsubscribed, because they wish it.',
      scope: 'contacts:write',
      body: z.strictObject({ address: emailAddress }),
      refusals: { 404: 'Nothing is remembered of this address.' },
      does: 'suppression.lift',
      isNoted: true,
      respond: ({ caller: { workspaceId, actor }, body }) =>
        liftSuppression(context, { workspaceId, actor, address: body.address }),
    }),
  ];
}
