import type { AttentionMessage, ConnectionTitle } from '../../model/messages/attention-message.ts';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import type { Finding } from '../../model/messages/finding.ts';

/** What is known of a workspace, as far as a person may have to do something about it. */
export type AttentionFacts = {
  connections: readonly ConnectionFacts[];
  /** Of the whole workspace. */
  pausedAsking: boolean;
  pausedWriting: boolean;
  /** The keys of the surveys that are live, and of those of them that leave by the usual email server. */
  liveSurveys: readonly string[];
  surveysWithoutServer: readonly string[];
  emailServer: 'none' | 'works' | ServerTrouble;
  /** Of the brands that have an email server of their own, those whose server is in trouble. */
  brandServers: readonly { key: string; name: string; trouble: ServerTrouble }[];
  /** By survey: how many emails wait because the email server refuses them or their sender. */
  refusedEmails: readonly { survey: string; emails: number }[];
  /** By survey: how many emails wait because it has asked as many contacts today as it may. */
  deferredByCap: readonly { survey: string; emails: number }[];
  ambiguousRecords: number;
  /** Others can reach this machine, and nobody said under which address. */
  publicUrlMissing: boolean;
  /** Requests are answered, and no process does the work. */
  workerMissing: boolean;
};

/** Why emails do not leave by a server as they should. */
export type ServerTrouble = { refused: FailureMessage; since: Date } | { throttledSince: Date } | { downSince: Date };

export type ConnectionFacts = {
  id: string;
  title: ConnectionTitle;
  status: 'new' | 'ready' | 'unauthorized';
  statusDetail: FailureMessage | null;
  /** Whether it works in this process: its settings may be gone. */
  open: boolean;
  pausedAsking: boolean;
  pausedWriting: boolean;
  clearing: boolean;
  findings: readonly Finding[];
  recordsFailed: number;
};

/** The most urgent first: what stops everything, what stops a part, what is wrong without stopping anything. */
const order = [
  'no_worker',
  'connection_unauthorized',
  'connection_closed',
  'no_connection',
  'email_server_missing',
  'email_server_refused',
  'emails_refused',
  'email_server_down',
  'email_server_throttled',
  'brand_server_refused',
  'brand_server_down',
  'brand_server_throttled',
  'public_url_missing',
  'no_survey_live',
  'surveys_paused',
  'write_back_paused',
  'right_missing',
  'field_wrong',
  'field_missing',
  'webhook_missing',
  'records_failed',
  'emails_deferred_by_cap',
  'records_ambiguous',
] as const;

export const attentionCodes = order;

type AttentionCode = (typeof order)[number];

/** Where something is done. */
type Where = { kind: 'connection' | 'survey' | 'delivery' | 'brand' | 'contacts' | 'settings'; id: string | null };

/** One thing that needs a person, and where it is done. */
export type Attention = Extract<AttentionMessage, { code: AttentionCode }> & { where: Where };

/** What needs a person now, the most urgent first. */
export function findAttention(facts: AttentionFacts): Attention[] {
  const brandServers = facts.brandServers.map(ofBrandServer);
  const found = [...ofSetup(facts), ...ofDelivery(facts), ...brandServers, ...facts.connections.flatMap(ofConnection)];
  return found.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
}

const settings: Where = { kind: 'settings', id: null };
const delivery: Where = { kind: 'delivery', id: null };

function ofSetup(facts: AttentionFacts): Attention[] {
  const found: Attention[] = [];
  const everything = { kind: 'everything' } as const;
  if (facts.workerMissing) found.push({ code: 'no_worker', params: {}, where: settings });
  if (facts.connections.length === 0) {
    found.push({ code: 'no_connection', params: {}, where: { kind: 'connection', id: null } });
  }
  if (facts.liveSurveys.length === 0) {
    found.push({ code: 'no_survey_live', params: {}, where: { kind: 'survey', id: null } });
  }
  if (facts.publicUrlMissing) found.push({ code: 'public_url_missing', params: {}, where: settings });
  if (facts.pausedAsking) found.push({ code: 'surveys_paused', params: everything, where: settings });
  if (facts.pausedWriting) found.push({ code: 'write_back_paused', params: everything, where: settings });
  return found;
}

function ofDelivery(facts: AttentionFacts): Attention[] {
  const { emailServer, surveysWithoutServer: surveys, deferredByCap, refusedEmails, ambiguousRecords } = facts;
  const found: Attention[] = [];
  if (emailServer === 'none' && surveys.length > 0) {
    found.push({ code: 'email_server_missing', params: { surveys, count: surveys.length }, where: delivery });
  }
  if (typeof emailServer === 'object') found.push(ofServer(emailServer));
  const isStopped = typeof emailServer === 'object' && 'refused' in emailServer;
  for (const { survey, emails } of isStopped ? [] : refusedEmails) {
    const where: Where = { kind: 'delivery', id: survey };
    found.push({ code: 'emails_refused', params: { survey, count: emails }, where });
  }
  for (const { survey, emails } of deferredByCap) {
    const where: Where = { kind: 'survey', id: survey };
    found.push({ code: 'emails_deferred_by_cap', params: { survey, count: emails }, where });
  }
  if (ambiguousRecords > 0) {
    found.push({
      code: 'records_ambiguous',
      params: { count: ambiguousRecords },
      where: { kind: 'contacts', id: null },
    });
  }
  return found;
}

function ofServer(trouble: ServerTrouble): Attention {
  const since = sinceOf(trouble);
  if ('refused' in trouble) {
    return { code: 'email_server_refused', params: { since, why: trouble.refused }, where: delivery };
  }
  const code = 'throttledSince' in trouble ? 'email_server_throttled' : 'email_server_down';
  return { code, params: { since }, where: delivery };
}

/** Only the brand's own emails wait, and only whoever has its server can do something. */
function ofBrandServer({ key, name: brand, trouble }: AttentionFacts['brandServers'][number]): Attention {
  const where: Where = { kind: 'brand', id: key };
  const since = sinceOf(trouble);
  if ('refused' in trouble) {
    return { code: 'brand_server_refused', params: { brand, since, why: trouble.refused }, where };
  }
  const code = 'throttledSince' in trouble ? 'brand_server_throttled' : 'brand_server_down';
  return { code, params: { brand, since }, where };
}

function sinceOf(trouble: ServerTrouble): string {
  if ('refused' in trouble) return trouble.since.toISOString();
  return ('downSince' in trouble ? trouble.downSince : trouble.throttledSince).toISOString();
}

function ofConnection(facts: ConnectionFacts): Attention[] {
  const { id, title: connection, findings, recordsFailed } = facts;
  const where: Where = { kind: 'connection', id };
  const paused = { kind: 'connection', connection } as const;
  const found: Attention[] = [];
  if (!facts.open) {
    found.push({ code: 'connection_closed', params: { connection }, where });
  } else if (facts.status === 'unauthorized') {
    const why: FailureMessage = facts.statusDetail ?? { code: 'account.stopped', params: {} };
    found.push({ code: 'connection_unauthorized', params: { connection, why }, where });
  }
  if (facts.pausedAsking && !facts.clearing) found.push({ code: 'surveys_paused', params: paused, where });
  if (facts.pausedWriting) found.push({ code: 'write_back_paused', params: paused, where });
  if (recordsFailed > 0) found.push({ code: 'records_failed', params: { connection, count: recordsFailed }, where });
  // What a refused one was found to be is said above.
  if (facts.status !== 'ready') return found;
  return [...found, ...findings.flatMap((finding) => ofFinding(finding, connection, where))];
}

function ofFinding(finding: Finding, connection: ConnectionTitle, where: Where): Attention[] {
  const { about, state, code, params } = finding;
  if (state !== 'blocked' && state !== 'missing') return [];
  const found = { code, params } as Finding;
  return [{ code: codeOf(finding), params: { connection, about: { code: 'about', params: about }, found }, where }];
}

function codeOf({ about, state }: Finding) {
  switch (about.kind) {
    case 'webhook':
      return 'webhook_missing';
    case 'fields':
      return 'field_missing';
    case 'field':
      return state === 'missing' ? 'field_missing' : 'field_wrong';
    default:
      return 'right_missing';
  }
}
