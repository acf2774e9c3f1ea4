import type { Queryable } from '../../platform/database/database.ts';
import { findWorkspace, type Workspace } from '../../platform/workspaces/queries.ts';
import {
  type AddressState,
  type ContactsContext,
  findAddresses,
  findAddressStates,
  findSuppressions,
  findUnsubscriptions,
  listSenderAddresses,
  notToSurvey,
  type Suppressed,
  type UnsubscriptionRow,
} from '../contacts/index.ts';
import type { VersionedSurvey } from '../surveys/index.ts';
import { addressShown, type DecisionCase } from './case.ts';
import type { EarlierInvitation } from './facts.ts';
import { type AskedAbout, askedAbout, findAsked, hadTicketReopened } from './queries/history.ts';
import { sameCaseWithinMs } from './rules/about-timing.ts';

/** Whether a survey asks somebody. */
export type MemoryQuery = {
  about: DecisionCase;
  survey: VersionedSurvey;
  /** The invitation whose email is due and is decided again. */
  deciding?: string;
};

/** What stands in our own memory of everybody about whom there is something to decide, read all at once. */
export type Memory = {
  workspace: Workspace | undefined;
  /** Under which the workspace writes. */
  senders: readonly string[];
  unsubscriptions: readonly UnsubscriptionRow[];
  notToSurvey: ReadonlySet<string>;
  reopened: ReadonlySet<string>;
  asked: ReadonlyMap<string, readonly EarlierInvitation[]>;
  /** What they are asked about: another system may show the same case. */
  mirrors: readonly AskedAbout[];
  /** By the hashes of addresses. */
  suppressions: ReadonlyMap<string, readonly Suppressed[]>;
  /** Bounces and complaints of the addresses that would be written to. */
  addressStates: readonly AddressState[];
  /** Of those whom no record shows with one. */
  addresses: ReadonlyMap<string, readonly string[]>;
};

/** @param questions of one workspace; not about the same contact when they decide anew */
export async function recall(
  tx: Queryable,
  { addressHashes }: Pick<ContactsContext, 'addressHashes'>,
  workspaceId: string,
  questions: readonly MemoryQuery[],
): Promise<Memory> {
  const known = questions.flatMap(({ about: { contact }, ...question }) =>
    contact ? [{ ...question, contactId: contact.id }] : [],
  );
  const unaddressed = questions.flatMap(({ about }) =>
    'surveyRequest' in about && addressShown(about) === undefined ? [about.contact.id] : [],
  );
  const addresses = await findAddresses(tx, unaddressed);
  const written = [...new Set(questions.flatMap(({ about }) => findAddress(about, addresses) ?? []))];
  const hashes = written.flatMap((address) => addressHashes.of(address));
  const adapting = known.filter(({ survey }) => survey.content.timing.adaptive?.afterReopening !== undefined);
  const contactIds = [...new Set(known.map(({ contactId }) => contactId))];
  return {
    workspace: await findWorkspace(tx, workspaceId),
    senders: await listSenderAddresses(tx, workspaceId),
    unsubscriptions: await findUnsubscriptions(tx, contactIds),
    notToSurvey: await notToSurvey(tx, contactIds),
    reopened: await hadTicketReopened(
      tx,
      adapting.map(({ contactId }) => contactId),
    ),
    asked: await findAsked(tx, known),
    mirrors: await recallMirrors(tx, questions),
    suppressions: Map.groupBy(await findSuppressions(tx, workspaceId, hashes), ({ hash }) => hash),
    addressStates: await findAddressStates(tx, workspaceId, written),
    addresses,
  };
}

/** The address that an email goes to, normalized: the one that was requested, else the record's, else any we know. */
export function findAddress(about: DecisionCase, known: Memory['addresses']): string | undefined {
  const shown = addressShown(about);
  return shown === undefined && 'surveyRequest' in about ? known.get(about.contact.id)?.[0] : shown;
}

async function recallMirrors(tx: Queryable, questions: readonly MemoryQuery[]): Promise<AskedAbout[]> {
  const mirrored = questions.flatMap(({ about }) =>
    'resolution' in about && about.contact && about.snapshot.subject
      ? [{ contactId: about.contact.id, at: about.resolution.resolvedAt.getTime() }]
      : [],
  );
  const timestamps = mirrored.map(({ at }) => at);
  return askedAbout(tx, {
    contactIds: [...new Set(mirrored.map(({ contactId }) => contactId))],
    since: new Date(Math.min(...timestamps) - sameCaseWithinMs),
    until: new Date(Math.max(...timestamps) + sameCaseWithinMs),
  });
}
