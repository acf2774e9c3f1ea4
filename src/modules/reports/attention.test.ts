import { describe, expect, it } from 'vitest';
import { connectorMessage, type FailureMessage } from '../../model/messages/failure-message.ts';
import { type FindingAbout, type FindingState, plainFinding } from '../../model/messages/finding.ts';
import {
  type AttentionFacts,
  attentionCodes,
  type ConnectionFacts,
  findAttention,
  type ServerTrouble,
} from './attention.ts';

const since = new Date('2026-11-02T09:00:00Z');

const title = { code: 'connection', params: { kind: 'account', system: 'Acme', account: '7' } } as const;
const revoked: FailureMessage = {
  code: 'upstream.credentials_refused',
  params: { system: 'Acme', status: 401, said: '' },
};

const connection: ConnectionFacts = {
  id: 'c1',
  title,
  status: 'ready',
  statusDetail: null,
  open: true,
  pausedAsking: false,
  pausedWriting: false,
  clearing: false,
  findings: [
    plainFinding({ kind: 'credentials' }, 'fine'),
    plainFinding({ kind: 'field', field: 'nps_trend' }, 'created'),
    { about: { kind: 'webhook' }, state: 'fine', ...connectorMessage({ code: 'acme.kept_elsewhere', params: {} }) },
  ],
  recordsFailed: 0,
};

const allWell: AttentionFacts = {
  connections: [connection],
  pausedAsking: false,
  pausedWriting: false,
  liveSurveys: ['after-ticket'],
  surveysWithoutServer: ['after-ticket'],
  emailServer: 'works',
  brandServers: [],
  deferredByCap: [],
  refusedEmails: [],
  ambiguousRecords: 0,
  publicUrlMissing: false,
  workerMissing: false,
};

const one = (changes: Partial<ConnectionFacts>): Partial<AttentionFacts> => ({
  connections: [{ ...connection, ...changes }],
});
const unfit = connectorMessage({ code: 'acme.field_unfit', params: { name: 'trend' } });
const found = (about: FindingAbout, state: FindingState) => one({ findings: [{ about, state, ...unfit }] });
const trend = { kind: 'field', field: 'nps_trend' } as const;
const ofBrand = (trouble: ServerTrouble): Partial<AttentionFacts> => ({
  brandServers: [{ key: 'umbrella', name: 'Umbrella', trouble }],
});
const here = { kind: 'connection', id: 'c1' };
const delivery = { kind: 'delivery', id: null };
const settings = { kind: 'settings', id: null };
const ofUmbrella = { kind: 'brand', id: 'umbrella' };
const at = '2026-11-02T09:00:00.000Z';
const wrongPassword: FailureMessage = { code: 'email.credentials', params: { status: '535', setting: 'SMTP_URL' } };

describe('what needs a person', () => {
  it('is nothing when all is well', () => {
    expect(findAttention(allWell)).toEqual([]);
  });

  it.each<[string, Partial<AttentionFacts>, object, object]>([
    ['no_connection', { connections: [] }, { kind: 'connection', id: null }, {}],
    [
      'connection_unauthorized',
      one({ status: 'unauthorized', statusDetail: revoked }),
      here,
      { connection: title, why: revoked },
    ],
    [
      'connection_unauthorized',
      one({ status: 'unauthorized' }),
      here,
      { connection: title, why: { code: 'account.stopped', params: {} } },
    ],
    ['connection_closed', one({ open: false }), here, { connection: title }],
    ['email_server_missing', { emailServer: 'none' }, delivery, { surveys: ['after-ticket'], count: 1 }],
    [
      'email_server_refused',
      { emailServer: { refused: wrongPassword, since } },
      delivery,
      { since: at, why: wrongPassword },
    ],
    [
      'emails_refused',
      { refusedEmails: [{ survey: 'after-ticket', emails: 2 }] },
      { kind: 'delivery', id: 'after-ticket' },
      { survey: 'after-ticket', count: 2 },
    ],
    ['email_server_down', { emailServer: { downSince: since } }, delivery, { since: at }],
    ['email_server_throttled', { emailServer: { throttledSince: since } }, delivery, { since: at }],
    [
      'brand_server_refused',
      ofBrand({ refused: wrongPassword, since }),
      ofUmbrella,
      { brand: 'Umbrella', since: at, why: wrongPassword },
    ],
    ['brand_server_down', ofBrand({ downSince: since }), ofUmbrella, { brand: 'Umbrella', since: at }],
    ['brand_server_throttled', ofBrand({ throttledSince: since }), ofUmbrella, { brand: 'Umbrella', since: at }],
    ['no_worker', { workerMissing: true }, settings, {}],
    ['public_url_missing', { publicUrlMissing: true }, settings, {}],
    [
      'no_survey_live',
      { liveSurveys: [], surveysWithoutServer: [], emailServer: 'none' },
      { kind: 'survey', id: null },
      {},
    ],
    ['surveys_paused', { pausedAsking: true }, settings, { kind: 'everything' }],
    ['surveys_paused', one({ pausedAsking: true }), here, { kind: 'connection', connection: title }],
    ['write_back_paused', { pausedWriting: true }, settings, { kind: 'everything' }],
    ['write_back_paused', one({ pausedWriting: true }), here, { kind: 'connection', connection: title }],
    ...(
      [
        ['right_missing', { kind: 'right', right: 'tickets' }, 'blocked'],
        ['field_wrong', trend, 'blocked'],
        ['field_missing', trend, 'missing'],
        ['field_missing', { kind: 'fields' }, 'blocked'],
        ['webhook_missing', { kind: 'webhook' }, 'missing'],
      ] as const
    ).map(([code, about, state]): [string, Partial<AttentionFacts>, object, object] => [
      code,
      found(about, state),
      here,
      { connection: title, about: { code: 'about', params: about }, found: unfit },
    ]),
    ['records_failed', one({ recordsFailed: 1 }), here, { connection: title, count: 1 }],
    [
      'emails_deferred_by_cap',
      { deferredByCap: [{ survey: 'after-ticket', emails: 3 }] },
      { kind: 'survey', id: 'after-ticket' },
      { survey: 'after-ticket', count: 3 },
    ],
    ['records_ambiguous', { ambiguousRecords: 2 }, { kind: 'contacts', id: null }, { count: 2 }],
  ])('is %s, where it is done, and nothing else', (code, changes, where, params) => {
    expect(findAttention({ ...allWell, ...changes })).toEqual([{ code, where, params }]);
  });

  it.each<[string, Partial<AttentionFacts>]>([
    ['no email server while no survey needs it', { emailServer: 'none', surveysWithoutServer: [] }],
    ['asking that is off because the connection is being ended', one({ pausedAsking: true, clearing: true })],
    ['fields that were made just now', found(trend, 'repaired')],
    ['a connection that has not been looked at yet', one({ status: 'new', findings: [] })],
  ])('is not %s', (_what, changes) => {
    expect(findAttention({ ...allWell, ...changes })).toEqual([]);
  });

  it('says of a refused connection that it is refused, and not what it was before', () => {
    const facts = { ...allWell, ...found(trend, 'blocked') };
    const refused = facts.connections.map((of) => ({ ...of, status: 'unauthorized' as const }));
    expect(findAttention({ ...facts, connections: refused }).map(({ code }) => code)).toEqual([
      'connection_unauthorized',
    ]);
  });

  it('begins with what is most urgent', () => {
    const codes = findAttention({
      ...allWell,
      connections: [
        { ...connection, recordsFailed: 1, pausedWriting: true },
        { ...connection, id: 'c2', status: 'unauthorized' },
      ],
      emailServer: 'none',
      ambiguousRecords: 1,
      deferredByCap: [{ survey: 'after-ticket', emails: 1 }],
    }).map(({ code }) => code);
    expect(codes).toEqual([
      'connection_unauthorized',
      'email_server_missing',
      'write_back_paused',
      'records_failed',
      'emails_deferred_by_cap',
      'records_ambiguous',
    ]);
    expect(new Set(attentionCodes).size).toBe(attentionCodes.length);
  });
});
