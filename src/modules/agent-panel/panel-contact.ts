import type { Panel, PanelRequest, WebhookRequest } from '../../connector.ts';
import type { ContactSnapshot } from '../../model/contact.ts';
import { BadRequest, Conflict, NotFound } from '../../model/errors.ts';
import type { LiveConnection } from '../connections/index.ts';
import { ensureContact, findStanding } from '../contacts/index.ts';
import { findWebhookConnections, verifySender } from '../events/index.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { findRecordIds, findRecordLink } from '../records/index.ts';
import { findTicket } from '../tickets/index.ts';

/** A panel that an agent of this connection's account looks at. */
export type OpenPanel = Omit<PanelRequest, 'account'> & { live: LiveConnection };

/** @throws UntrustedWebhook, RequestError; NotFound when not exactly one connection has the account */
export async function openPanel(
  context: InvitationsContext,
  { panel, candidates, request }: { panel: Panel; candidates: readonly LiveConnection[]; request: WebhookRequest },
): Promise<OpenPanel> {
  const holders = await verifySender(context, panel, candidates, request, 'panelSecrets');
  const { account, ...seen } = panel.read(request);
  const [live, other] = await findWebhookConnections(context, holders, account);
  if (!live) throw new NotFound('account');
  if (other) throw new Conflict({ code: 'panel_secret_shared', params: {} });
  return { ...seen, live };
}

/** The contact beside whose record a panel stands: our id and the vendor's, each where it is known. */
export type PanelContact = { contactId?: string; recordId?: string };

/**
 * A ticket's panel is about its requester. Only a ticket that nobody here has looked at yet is read from the vendor.
 *
 * @throws UpstreamBusy | UpstreamRefused when that cannot be read
 */
export async function findBeside(
  { database: { db } }: InvitationsContext,
  { live, record }: OpenPanel,
): Promise<PanelContact> {
  if (record.kind === 'contact') return { recordId: record.id, ...(await knownBy(record.id)) };
  const ticket = await findTicket(db, live.id, record.id);
  if (ticket?.contactId) {
    const contactId = (await findStanding(db, ticket.contactId))?.id;
    const [recordId] = (contactId && (await findRecordIds(db, [contactId])).get(contactId)?.get(live.id)) || [];
    return { ...(contactId === undefined ? {} : { contactId }), ...(recordId === undefined ? {} : { recordId }) };
  }
  const [found] = (await live.capabilities.tickets?.find([record.id])) ?? [];
  const requester = found?.requester;
  return requester ? { recordId: requester.id, ...(await knownBy(requester.id)) } : {};

  async function knownBy(id: string): Promise<{ contactId?: string }> {
    const recordLink = await findRecordLink(db, live.id, id);
    const contactId = recordLink && (await findStanding(db, recordLink.contactId))?.id;
    return contactId === undefined ? {} : { contactId };
  }
}

/** The same, made known here where they are not: something is to be kept of them. @throws RequestError */
export async function ensureBeside(
  context: InvitationsContext,
  panel: OpenPanel,
): Promise<Required<Pick<PanelContact, 'contactId'>>> {
  const { database, clock, wake } = context;
  const { live } = panel;
  const { contactId, recordId } = await findBeside(context, panel);
  if (contactId !== undefined) return { contactId };
  const record = recordId === undefined ? undefined : await readRecord(panel, recordId);
  if (!record) throw noContact(panel);
  const of = { workspaceId: live.workspaceId, connectionId: live.id };
  const recognized = await database.transaction((tx) => ensureContact(tx, of, record, clock()));
  for (const outOfSync of recognized.outOfSync) await wake('write', outOfSync);
  return { contactId: recognized.contactId };
}

export function noContact({ live, record }: OpenPanel): BadRequest {
  const message = { code: 'field.unknown_contact', params: { system: live.connector.title } } as const;
  return new BadRequest(
    { code: 'no_contact_beside_panel', params: {} },
    { problems: [{ field: record.kind, message }] },
  );
}

async function readRecord({ live }: OpenPanel, id: string): Promise<ContactSnapshot | undefined> {
  const found = (await live.capabilities.contacts?.find({ ids: [id] })) ?? [];
  return found.find((candidate) => candidate.id === id) ?? found[0];
}
