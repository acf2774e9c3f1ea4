import { normalizeEmail } from '../../model/contact.ts';
import type { Zone } from '../../model/zones.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { ContactRow, ContactsContext } from '../contacts/index.ts';
import type { VersionedSurvey } from '../surveys/index.ts';
import { type DecisionCase, recordsIn, type SurveyRequestCase, type TicketCase } from './case.ts';
import type { ContactFacts, Facts, RequestedBy, ResolutionOccasion, SurveyRequestOccasion } from './facts.ts';
import { findAddress, type Memory, type MemoryQuery, recall } from './memory.ts';

type Sources = Pick<ContactsContext, 'clock' | 'ownAddresses' | 'addressHashes' | 'sources'>;

/** @param askedBy the survey that already asks about this resolution */
type AskedBy = { askedBy?: string };

/**
 * Gathers the facts of one survey's decision. They are plain values: whoever only wants to know what would be decided
 * may put others in their place, such as `contact.asked` or `occasion.askedBy`, before `decide`.
 */
export async function gatherFacts(
  tx: Queryable,
  context: Sources,
  about: DecisionCase,
  survey: VersionedSurvey,
  { askedBy }: AskedBy = {},
): Promise<Facts> {
  const question = { about, survey };
  const memory = await recall(tx, context, survey.workspaceId, [question]);
  return composeFacts(context, memory, question, askedBy === undefined ? {} : { askedBy });
}

/** @param memory of this question, and perhaps of others */
export function composeFacts(
  context: Sources,
  memory: Memory,
  question: MemoryQuery,
  { askedBy }: AskedBy = {},
): Facts {
  const { about, survey } = question;
  const { workspace } = memory;
  const own = (workspace?.ownAddresses ?? []).flatMap((address) => normalizeEmail(address) ?? []);
  const contact = contactOf(context, memory, question);
  const occasion = 'surveyRequest' in about ? requested(about) : resolved(context, memory, about);
  return {
    now: context.clock(),
    survey: { key: survey.key, ...survey.content },
    occasion: occasion.kind === 'resolution' && askedBy !== undefined ? { ...occasion, askedBy } : occasion,
    ...(contact ? { contact } : {}),
    unseen: about.unseen ?? [],
    ownAddresses: new Set([...context.ownAddresses, ...own, ...memory.senders]),
    machineAddresses: new Set(workspace?.machineAddresses),
    ownDomains: new Set(workspace?.ownDomains.map((domain) => domain.toLowerCase())),
    zones: zonesOf(about, workspace?.timeZone),
  };
}

function requested({ surveyRequest: { requestedBy, createdAt, test } }: SurveyRequestCase): SurveyRequestOccasion {
  return { kind: 'surveyRequest', requestedBy: requestedBy as RequestedBy, requestedAt: createdAt, test };
}

function resolved(
  { sources }: Sources,
  { mirrors }: Memory,
  { connection, resolution, snapshot, contact }: TicketCase,
): ResolutionOccasion {
  const { resolvedAt, exact, seenOpen, firstSeenAt } = resolution;
  const titles = new Map(sources.map(({ connector }) => [connector.name, connector.title]));
  const elsewhere = mirrors.filter(
    (mirror) => mirror.contactId === contact?.id && mirror.connectionId !== connection.id,
  );
  return {
    kind: 'resolution',
    activeSince: connection.activeSince,
    ...{ resolvedAt, exact, seenOpen, firstSeenAt },
    ticket: snapshot,
    elsewhere: elsewhere.map(({ connector, subject, resolvedAt: at }) => ({
      ...{ system: titles.get(connector) ?? connector, subject, resolvedAt: at },
    })),
  };
}

function contactOf(
  { addressHashes }: Sources,
  memory: Memory,
  { about, survey }: MemoryQuery,
): ContactFacts | undefined {
  const { contact } = about;
  const records = recordsIn(about);
  if (!contact && records.length === 0) return undefined;
  const email = findAddress(about, memory.addresses);
  const language = records.find((record) => record.language)?.language ?? contact?.language;
  const company = records.find((record) => record.company)?.company ?? contact?.company;
  const hashes = email === undefined ? [] : addressHashes.of(email);
  const reasons = hashes
    .flatMap((hash) => memory.suppressions.get(hash) ?? [])
    .flatMap((found) => (found.survey === '' || found.survey === survey.key ? [found.reason] : []));
  const suppressed = reasons.includes('erased') ? 'erased' : reasons[0];
  const states = memory.addressStates.filter(({ address }) => address === email);
  const since = (kind: 'bounce' | 'complaint') => states.find((state) => state.kind === kind)?.at;
  const [bouncedAt, complainedAt] = [since('bounce'), since('complaint')];
  return {
    records,
    ...(email === undefined ? {} : { email }),
    ...(language ? { language } : {}),
    ...(company ? { company } : {}),
    ...(suppressed ? { suppressed } : {}),
    ...(bouncedAt ? { bouncedAt } : {}),
    ...(complainedAt ? { complainedAt } : {}),
    ...(records.some((record) => record.doNotSurvey) ? { doNotSurvey: 'on_record' as const } : {}),
    ...(contact ? remembered(memory, contact, survey) : { asked: [] }),
  };
}

/** What stands in our own memory of somebody we know. */
function remembered(memory: Memory, contact: ContactRow, survey: VersionedSurvey): Omit<ContactFacts, 'records'> {
  const unsubscribedHere = memory.unsubscriptions.find(
    ({ contactId, surveyId }) => contactId === contact.id && surveyId === survey.id,
  );
  const adapts = survey.content.timing.adaptive?.afterReopening !== undefined;
  return {
    test: contact.test,
    ...(contact.unsubscribedAt ? { unsubscribedAt: contact.unsubscribedAt } : {}),
    ...(unsubscribedHere ? { unsubscribedHereAt: unsubscribedHere.at } : {}),
    ...(contact.doNotSurvey ? { doNotSurvey: 'here' as const } : {}),
    ...(memory.notToSurvey.has(contact.id) ? { doNotSurvey: 'on_record' as const } : {}),
    ...(adapts ? { reopenedBefore: memory.reopened.has(contact.id) } : {}),
    asked: memory.asked.get(contact.id) ?? [],
  };
}

function zonesOf(about: DecisionCase, ofWorkspace: string | undefined): Zone[] {
  const named = (of: Zone['of'], name: string | null | undefined): Zone[] => (name ? [{ name, of }] : []);
  return [
    ...named('contact', recordsIn(about).find(({ timeZone }) => timeZone)?.timeZone),
    ...named('contact', about.contact?.timeZone),
    ...named('account', about.connection?.timeZone),
    ...named('workspace', ofWorkspace),
  ];
}
