import { type ContactSnapshot, normalizeEmail } from '../../domain/contact.ts';
import type { Facts, Person, RecipientOccasion, ResolutionOccasion, WantedBy } from '../../domain/decision/facts.ts';
import { sameCaseWithin } from '../../domain/decision/rules/mirrored.ts';
import type { Zone } from '../../domain/decision/zones.ts';
import type { TicketSnapshot } from '../../domain/ticket.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import { addressesOf, type ContactRow, saysDoNotSurvey } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { askedElsewhere, hadTicketReopened } from '../../store/history.ts';
import { askedOf } from '../../store/invitations.ts';
import { listSenderAddresses } from '../../store/own-addresses.ts';
import type { RecipientRow } from '../../store/recipients.ts';
import { findSuppression } from '../../store/suppressions.ts';
import type { VersionedSurvey } from '../../store/surveys.ts';
import type { ResolutionRow } from '../../store/tickets.ts';
import { findUnsubscription } from '../../store/unsubscriptions.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Context } from '../context.ts';

/** A resolution, with everything that a decision about it rests on, whatever the survey. */
export type TicketCase = {
  connection: ConnectionRow;
  resolution: Pick<ResolutionRow, 'resolvedAt' | 'exact' | 'seenOpen' | 'firstSeenAt'>;
  snapshot: TicketSnapshot;
  /** The requester, their row held; nothing when we do not know them. */
  contact: ContactRow | undefined;
};

/** Somebody to be asked because somebody wants it. */
export type RecipientCase = {
  recipient: RecipientRow;
  /** Their row held. */
  contact: ContactRow;
  /** Their records as their systems show them now, and the connection of the first. */
  records: readonly ContactSnapshot[];
  connection: ConnectionRow | undefined;
};

export type Case = TicketCase | RecipientCase;

type Sources = Pick<Context, 'clock' | 'ownAddresses' | 'addressHashes' | 'sources'>;

/**
 * Gathers the facts of one survey's decision. They are plain values: whoever only wants to know what would be decided
 * may put others in their place, such as `person.asked` or `occasion.askedBy`, before `decide`.
 *
 * @param deciding the invitation that is decided anew because its mail is due
 * @param askedBy the survey that already asks about this resolution
 */
export async function gatherFacts(
  tx: Queryable,
  context: Sources,
  about: Case,
  survey: VersionedSurvey,
  { deciding, askedBy }: { deciding?: string; askedBy?: string } = {},
): Promise<Facts> {
  const workspace = await findWorkspace(tx, survey.workspaceId);
  const own = (workspace?.ownAddresses ?? []).flatMap((address) => normalizeEmail(address) ?? []);
  const senders = await listSenderAddresses(tx, survey.workspaceId);
  const person = await gatherPerson(tx, context, about, survey, deciding);
  const occasion = 'recipient' in about ? wished(about) : await resolved(tx, context, about);
  return {
    now: context.clock(),
    survey: { key: survey.key, ...survey.content },
    occasion: occasion.kind === 'resolution' && askedBy !== undefined ? { ...occasion, askedBy } : occasion,
    ...(person ? { person } : {}),
    ownAddresses: new Set([...context.ownAddresses, ...own, ...senders]),
    ownDomains: new Set(workspace?.ownDomains.map((domain) => domain.toLowerCase())),
    zones: zonesOf(about, workspace?.timeZone),
  };
}

function wished({ recipient: { wantedBy, createdAt, test } }: RecipientCase): RecipientOccasion {
  return { kind: 'recipient', wantedBy: wantedBy as WantedBy, wantedAt: createdAt, test };
}

async function resolved(
  tx: Queryable,
  { sources }: Sources,
  { connection, resolution, snapshot, contact }: TicketCase,
): Promise<ResolutionOccasion> {
  const { resolvedAt, exact, seenOpen, firstSeenAt } = resolution;
  const around = (length: number) => new Date(resolvedAt.getTime() + length);
  const elsewhere =
    contact && snapshot.subject
      ? await askedElsewhere(tx, {
          contactId: contact.id,
          connectionId: connection.id,
          since: around(-sameCaseWithin),
          until: around(sameCaseWithin),
        })
      : [];
  const titles = new Map(sources.map(({ connector }) => [connector.name, connector.title]));
  return {
    kind: 'resolution',
    listensSince: connection.listensSince,
    ...{ resolvedAt, exact, seenOpen, firstSeenAt },
    ticket: snapshot,
    elsewhere: elsewhere.map(({ connector, ...found }) => ({ system: titles.get(connector) ?? connector, ...found })),
  };
}

async function gatherPerson(
  tx: Queryable,
  { addressHashes }: Sources,
  about: Case,
  survey: VersionedSurvey,
  deciding: string | undefined,
): Promise<Person | undefined> {
  const { contact } = about;
  const records = recordsIn(about);
  if (!contact && records.length === 0) return undefined;
  const email = await addressOf(tx, about);
  const hashes = email === undefined ? [] : addressHashes.of(email);
  const language = records.find((record) => record.language)?.language ?? contact?.language;
  const company = records.find((record) => record.company)?.company ?? contact?.company;
  const suppressed = email && (await findSuppression(tx, survey.workspaceId, hashes, survey.key));
  return {
    records,
    ...(email === undefined ? {} : { email }),
    ...(language ? { language } : {}),
    ...(company ? { company } : {}),
    ...(suppressed ? { suppressed } : {}),
    ...(records.some((record) => record.doNotSurvey) ? { doNotSurvey: 'on a record' as const } : {}),
    ...(contact ? await remembered(tx, contact, survey, deciding) : { asked: [] }),
  };
}

/** Where mail reaches them, normalised: where somebody wants it, as their record says, else any address we know. */
async function addressOf(tx: Queryable, about: Case): Promise<string | undefined> {
  const shown = recordsIn(about).flatMap(({ email }) => (email && normalizeEmail(email)) || []);
  if (!('recipient' in about)) return shown[0];
  const { recipient, contact } = about;
  if (recipient.email !== '') return recipient.email;
  return shown[0] ?? (await addressesOf(tx, [contact.id])).get(contact.id)?.[0];
}

/** What stands in our own memory of somebody we know. */
async function remembered(
  tx: Queryable,
  contact: ContactRow,
  survey: VersionedSurvey,
  deciding: string | undefined,
): Promise<Omit<Person, 'records'>> {
  const unsubscribedHereAt = await findUnsubscription(tx, { contactId: contact.id, surveyId: survey.id });
  const adapts = survey.content.timing.adaptive?.afterReopening !== undefined;
  return {
    test: contact.test,
    ...(contact.unsubscribedAt ? { unsubscribedAt: contact.unsubscribedAt } : {}),
    ...(unsubscribedHereAt ? { unsubscribedHereAt } : {}),
    ...(contact.bouncedAt ? { bouncedAt: contact.bouncedAt } : {}),
    ...(contact.doNotSurvey ? { doNotSurvey: 'here' as const } : {}),
    ...((await saysDoNotSurvey(tx, contact.id)) ? { doNotSurvey: 'on a record' as const } : {}),
    ...(adapts ? { reopenedBefore: await hadTicketReopened(tx, contact.id) } : {}),
    asked: await askedOf(tx, contact.id, deciding),
  };
}

function recordsIn(about: Case): readonly ContactSnapshot[] {
  if ('recipient' in about) return about.records;
  return about.snapshot.requester ? [about.snapshot.requester] : [];
}

function zonesOf(about: Case, ofWorkspace: string | undefined): Zone[] {
  const named = (of: Zone['of'], name: string | null | undefined): Zone[] => (name ? [{ name, of }] : []);
  return [
    ...named('person', recordsIn(about).find(({ timeZone }) => timeZone)?.timeZone),
    ...named('person', about.contact?.timeZone),
    ...named('account', about.connection?.timeZone),
    ...named('workspace', ofWorkspace),
  ];
}
