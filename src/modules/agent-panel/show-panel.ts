import type { PanelAnswer, PanelContent } from '../../connector.ts';
import { isGiven } from '../../model/response.ts';
import { withOffset } from '../../platform/period.ts';
import { findTimeZone } from '../../platform/workspaces/queries.ts';
import { findConnection, type LiveConnection } from '../connections/index.ts';
import { listContacts } from '../contacts/index.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { listResponses } from '../responses/index.ts';
import { type MayAsk, mayAsk } from './may-ask.ts';

/** Shown at once; taps and machines' answers are in between and are left out. */
const shown = 5;
const refreshedAt = 50;

/** What a panel says of a contact, before it is put in words. */
export type ShownPanel = Omit<PanelContent, 'language' | 'next' | 'outcome'> & { next: MayAsk; timeZone: string };

/** @param contactId nothing where nobody here knows them yet */
export async function showContact(
  context: InvitationsContext,
  live: LiveConnection,
  contactId: string | undefined,
): Promise<ShownPanel> {
  const { db } = context.database;
  const next = await mayAsk(context, live, contactId);
  const timeZone = await findTimeZone(db, live.workspaceId);
  const host = (await findConnection(db, live.id))?.host;
  const place = { next, timeZone, ...(host ? { host } : {}) };
  const none = { known: false, values: {}, history: [], doNotSurvey: false, ...place };
  if (contactId === undefined) return none;
  const { workspaceId } = live;
  const [contact] = (await listContacts(db, workspaceId, { id: contactId }, { limit: 1 })).items;
  if (!contact) return none;
  const { items } = await listResponses(db, workspaceId, { contact: contactId, test: false }, { limit: refreshedAt });
  const titles = new Map(context.connections.all().map(({ connector }) => [connector.name, connector.title]));
  const history = items
    .filter(isGiven)
    .slice(0, shown)
    .map(
      ({ metric, rating, scale, category, comment, answeredAt, survey, ticket, connector, connection, onRecord }) =>
        ({
          ...{ metric, rating, highest: scale, category, comment, survey, counts: onRecord },
          answeredAt: withOffset(answeredAt, timeZone),
          ticket:
            ticket === null || connector === null
              ? null
              : { id: ticket, system: titles.get(connector) ?? connector, here: connection === live.id },
        }) satisfies PanelAnswer,
    );
  return { known: true, values: contact.crmFields ?? {}, history, doNotSurvey: contact.doNotSurvey, ...place };
}
