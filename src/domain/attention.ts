/** What is known of a workspace, as far as a person may have to do something about it. */
export type AttentionFacts = {
  connections: readonly ConnectionFacts[];
  /** Of the whole workspace. */
  pausedAsking: boolean;
  pausedWriting: boolean;
  /** The keys of the surveys that are live, and of those of them that leave by the usual mail server. */
  liveSurveys: readonly string[];
  surveysWithoutServer: readonly string[];
  mailServer: 'none' | 'works' | ServerTrouble;
  /** Of the brands that have an email server of their own, those whose server is in trouble. */
  brandServers: readonly { key: string; name: string; trouble: ServerTrouble }[];
  /** By survey: how many emails wait because the email server refuses them or their sender. */
  refusedEmails: readonly { survey: string; mails: number }[];
  /** By survey: how many mails wait because it has asked as many people today as it may. */
  heldByCap: readonly { survey: string; mails: number }[];
  ambiguousRecords: number;
  /** Others can reach this machine, and nobody said under which address. */
  publicUrlMissing: boolean;
};

/** Why emails do not leave by a server as they should. */
export type ServerTrouble = { refused: string; since: Date } | { throttledSince: Date } | { downSince: Date };

export type ConnectionFacts = {
  id: string;
  /** As people know it, e.g. `HubSpot, account 12345`. */
  title: string;
  status: 'new' | 'ready' | 'refused';
  statusDetail: string | null;
  /** Whether it works in this process: its settings may be gone. */
  open: boolean;
  pausedAsking: boolean;
  pausedWriting: boolean;
  clearing: boolean;
  findings: readonly { subject: string; state: string; detail?: string; remedy?: string }[];
  recordsParked: number;
};

/** One thing that needs a person. */
export type Attention = {
  code: (typeof order)[number];
  sentence: string;
  /** What the sentence names, for whoever says it in another language. */
  params: Readonly<Record<string, string | number>>;
  /** Where it is done. */
  where: { kind: 'connection' | 'survey' | 'delivery' | 'brand' | 'people' | 'settings'; id: string | null };
};

/** The most urgent first: what stops everything, what stops a part, what is wrong without stopping anything. */
const order = [
  'connection_refused',
  'connection_closed',
  'no_connection',
  'mail_server_missing',
  'mail_server_refused',
  'emails_refused',
  'email_server_down',
  'email_server_throttled',
  'brand_server_refused',
  'brand_server_down',
  'brand_server_throttled',
  'public_url_missing',
  'no_survey_live',
  'asking_paused',
  'writing_paused',
  'right_missing',
  'field_wrong',
  'field_missing',
  'webhook_missing',
  'records_parked',
  'mails_held_by_cap',
  'records_ambiguous',
] as const;

export const attentionCodes = order;

/** What needs a person now, the most urgent first. */
export function attentionOf(facts: AttentionFacts): Attention[] {
  const brandServers = facts.brandServers.map(ofBrandServer);
  const found = [...ofSetup(facts), ...ofDelivery(facts), ...brandServers, ...facts.connections.flatMap(ofConnection)];
  return found.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
}

function ofSetup(facts: AttentionFacts): Attention[] {
  const found: Attention[] = [];
  if (facts.connections.length === 0) {
    found.push(say('no_connection', 'No account is connected: nobody is asked. Connect one.', 'connection'));
  }
  if (facts.liveSurveys.length === 0) {
    found.push(say('no_survey_live', 'No survey is live: nobody is asked. Publish one.', 'survey'));
  }
  if (facts.publicUrlMissing) {
    const sentence =
      'No public address is set: links in mails lead nowhere, and no webhook arrives. Set PUBLIC_URL and start the service again.';
    found.push(say('public_url_missing', sentence, 'settings'));
  }
  if (facts.pausedAsking) {
    found.push(say('asking_paused', 'Asking is paused everywhere: nobody is asked until it goes on.', 'settings'));
  }
  if (facts.pausedWriting) {
    found.push(say('writing_paused', 'Writing is paused everywhere: answers wait to be written.', 'settings'));
  }
  return found;
}

function ofDelivery({
  mailServer,
  surveysWithoutServer,
  heldByCap,
  refusedEmails,
  ambiguousRecords,
}: AttentionFacts): Attention[] {
  const found: Attention[] = [];
  if (mailServer === 'none' && surveysWithoutServer.length > 0) {
    const sentence = `No mail server is set, and ${listed(surveysWithoutServer)} live: mails wait. Set SMTP_URL and MAIL_FROM, and start the service again.`;
    found.push(say('mail_server_missing', sentence, 'delivery'));
  }
  found.push(...ofServer(mailServer));
  const isStopped = typeof mailServer === 'object' && 'refused' in mailServer;
  for (const { survey, mails } of isStopped ? [] : refusedEmails) {
    const sentence = `${counted(mails, 'email')} of survey “${survey}” ${mails === 1 ? 'waits' : 'wait'}: the email server refuses the sender or the content. The decisions say why.`;
    found.push(say('emails_refused', sentence, 'delivery', survey, { survey, count: mails }));
  }
  for (const { survey, mails } of heldByCap) {
    const sentence = `${counted(mails, 'mail')} of survey “${survey}” ${mails === 1 ? 'waits' : 'wait'}: it has asked as many people in a day as it may. Raise its daily cap, or let them wait.`;
    found.push(say('mails_held_by_cap', sentence, 'survey', survey, { survey, count: mails }));
  }
  if (ambiguousRecords > 0) {
    const sentence = `${counted(ambiguousRecords, 'record')} could be of two people, so nothing is written there. Say who they are, or merge the two.`;
    found.push(say('records_ambiguous', sentence, 'people', null, { count: ambiguousRecords }));
  }
  return found;
}

function ofServer(mailServer: AttentionFacts['mailServer']): Attention[] {
  if (typeof mailServer !== 'object') return [];
  const params = paramsOf(mailServer);
  if ('refused' in mailServer) {
    const sentence = `The mail server refuses us ${since(mailServer.since)}: ${mailServer.refused}`;
    return [say('mail_server_refused', sentence, 'delivery', null, params)];
  }
  if ('throttledSince' in mailServer) {
    const sentence = `The email server has taken fewer emails than are due ${since(mailServer.throttledSince)}. They leave as it takes them. Raise its limit if this takes too long.`;
    return [say('email_server_throttled', sentence, 'delivery', null, params)];
  }
  const sentence = `The email server has not answered ${since(mailServer.downSince)}. Emails leave when it does. Check that it runs and can be reached.`;
  return [say('email_server_down', sentence, 'delivery', null, params)];
}

/** Only the brand's own emails wait, and only whoever has its server can do something. */
function ofBrandServer({ key, name, trouble }: AttentionFacts['brandServers'][number]): Attention {
  const params = { brand: name, ...paramsOf(trouble) };
  const its = `The email server of brand “${name}”`;
  if ('refused' in trouble) {
    const sentence = `${its} refuses us ${since(trouble.since)}: ${trouble.refused}`;
    return say('brand_server_refused', sentence, 'brand', key, params);
  }
  if ('throttledSince' in trouble) {
    const sentence = `${its} has taken fewer emails than are due ${since(trouble.throttledSince)}. They leave as it takes them. Raise its limit if this takes too long.`;
    return say('brand_server_throttled', sentence, 'brand', key, params);
  }
  const sentence = `${its} cannot be reached ${since(trouble.downSince)}. The brand’s emails leave when it can. Check its address, and that it runs.`;
  return say('brand_server_down', sentence, 'brand', key, params);
}

function paramsOf(trouble: ServerTrouble): Attention['params'] {
  if ('refused' in trouble) return { since: trouble.since.toISOString(), reason: trouble.refused };
  return { since: ('downSince' in trouble ? trouble.downSince : trouble.throttledSince).toISOString() };
}

function since(at: Date): string {
  return `since ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function ofConnection(connection: ConnectionFacts): Attention[] {
  const { id, title, findings } = connection;
  const found: Attention[] = [];
  const add = (code: Attention['code'], sentence: string) =>
    void found.push(say(code, `${title}: ${sentence}`, 'connection', id, { connection: title }));
  if (!connection.open) {
    add('connection_closed', 'it has lost its settings and stays closed. Set its keys again, or disconnect it.');
  } else if (connection.status === 'refused') {
    add('connection_refused', `it is stopped. ${connection.statusDetail ?? 'The vendor refuses it.'}`);
  }
  if (connection.pausedAsking && !connection.clearing) add('asking_paused', 'asking is paused for this connection.');
  if (connection.pausedWriting) add('writing_paused', 'writing is paused for this connection: answers wait.');
  if (connection.recordsParked > 0) {
    const many = counted(connection.recordsParked, 'record');
    add('records_parked', `${many} cannot be written; each says why in the list of answers.`);
  }
  // What a refused one was found to be is said above.
  if (connection.status !== 'ready') return found;
  for (const finding of findings) {
    const code = codeOf(finding);
    const { subject, detail = 'is not as it has to be.', remedy = '' } = finding;
    if (code) add(code, `${subject}: ${detail} ${remedy}`.trim());
  }
  return found;
}

function codeOf({ subject, state }: { subject: string; state: string }): Attention['code'] | undefined {
  if (state !== 'blocked' && state !== 'missing') return undefined;
  if (subject === 'webhook') return 'webhook_missing';
  if (subject === 'fields') return 'field_missing';
  if (subject.startsWith('field ')) return state === 'missing' ? 'field_missing' : 'field_wrong';
  return 'right_missing';
}

function say(
  code: Attention['code'],
  sentence: string,
  kind: Attention['where']['kind'],
  id: string | null = null,
  params: Attention['params'] = {},
): Attention {
  return { code, sentence, params, where: { kind, id } };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function listed(surveys: readonly string[]): string {
  const names = surveys.map((key) => `“${key}”`).join(', ');
  return surveys.length === 1 ? `survey ${names} is` : `surveys ${names} are`;
}
