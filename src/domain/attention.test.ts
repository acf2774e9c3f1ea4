import { describe, expect, it } from 'vitest';
import {
  type AttentionFacts,
  attentionCodes,
  attentionOf,
  type ConnectionFacts,
  type ServerTrouble,
} from './attention.ts';

const since = new Date('2026-11-02T09:00:00Z');

const connection: ConnectionFacts = {
  id: 'c1',
  title: 'Acme, account 7',
  status: 'ready',
  statusDetail: null,
  open: true,
  pausedAsking: false,
  pausedWriting: false,
  clearing: false,
  findings: [
    { subject: 'credentials', state: 'fine' },
    { subject: 'field nps_trend', state: 'created' },
    { subject: 'webhook', state: 'fine', detail: 'It is kept elsewhere.' },
  ],
  recordsParked: 0,
};

const allWell: AttentionFacts = {
  connections: [connection],
  pausedAsking: false,
  pausedWriting: false,
  liveSurveys: ['after-ticket'],
  surveysWithoutServer: ['after-ticket'],
  mailServer: 'works',
  brandServers: [],
  heldByCap: [],
  refusedEmails: [],
  ambiguousRecords: 0,
  publicUrlMissing: false,
};

const one = (changes: Partial<ConnectionFacts>): Partial<AttentionFacts> => ({
  connections: [{ ...connection, ...changes }],
});
const found = (subject: string, state: string) =>
  one({ findings: [{ subject, state, detail: 'It is a text.', remedy: 'Rename it.' }] });
const ofBrand = (trouble: ServerTrouble): Partial<AttentionFacts> => ({
  brandServers: [{ key: 'umbrella', name: 'Umbrella', trouble }],
});
const here = { kind: 'connection', id: 'c1' };

describe('what needs a person', () => {
  it('is nothing when all is well', () => {
    expect(attentionOf(allWell)).toEqual([]);
  });

  it.each<[string, Partial<AttentionFacts>, object, RegExp]>([
    ['no_connection', { connections: [] }, { kind: 'connection', id: null }, /Connect one/u],
    ['connection_refused', one({ status: 'refused', statusDetail: 'The key was revoked.' }), here, /key was revoked/u],
    ['connection_closed', one({ open: false }), here, /Acme, account 7: .*settings/u],
    [
      'mail_server_missing',
      { mailServer: 'none' },
      { kind: 'delivery', id: null },
      /“after-ticket” is live.*SMTP_URL/u,
    ],
    [
      'mail_server_refused',
      { mailServer: { refused: 'Wrong password.', since } },
      { kind: 'delivery', id: null },
      /since 2026-11-02 09:00 UTC: Wrong password/u,
    ],
    [
      'emails_refused',
      { refusedEmails: [{ survey: 'after-ticket', mails: 2 }] },
      { kind: 'delivery', id: 'after-ticket' },
      /2 emails of survey “after-ticket” wait/u,
    ],
    ['email_server_down', { mailServer: { downSince: since } }, { kind: 'delivery', id: null }, /since 2026-11-02/u],
    [
      'email_server_throttled',
      { mailServer: { throttledSince: since } },
      { kind: 'delivery', id: null },
      /since 2026-11-02 09:00 UTC/u,
    ],
    [
      'brand_server_refused',
      ofBrand({ refused: 'Wrong password.', since }),
      { kind: 'brand', id: 'umbrella' },
      /“Umbrella” refuses us since 2026-11-02 09:00 UTC: Wrong password/u,
    ],
    ['brand_server_down', ofBrand({ downSince: since }), { kind: 'brand', id: 'umbrella' }, /“Umbrella” cannot/u],
    [
      'brand_server_throttled',
      ofBrand({ throttledSince: since }),
      { kind: 'brand', id: 'umbrella' },
      /“Umbrella” has taken fewer/u,
    ],
    ['public_url_missing', { publicUrlMissing: true }, { kind: 'settings', id: null }, /PUBLIC_URL/u],
    [
      'no_survey_live',
      { liveSurveys: [], surveysWithoutServer: [], mailServer: 'none' },
      { kind: 'survey', id: null },
      /Publish/u,
    ],
    ['asking_paused', { pausedAsking: true }, { kind: 'settings', id: null }, /everywhere/u],
    ['asking_paused', one({ pausedAsking: true }), here, /paused for this connection/u],
    ['writing_paused', { pausedWriting: true }, { kind: 'settings', id: null }, /everywhere/u],
    ['writing_paused', one({ pausedWriting: true }), here, /paused for this connection/u],
    ['right_missing', found('scope tickets', 'blocked'), here, /scope tickets: It is a text\. Rename it\./u],
    ['field_wrong', found('field nps_trend', 'blocked'), here, /field nps_trend/u],
    ['field_missing', found('field nps_trend', 'missing'), here, /field nps_trend/u],
    ['field_missing', found('fields', 'blocked'), here, /fields/u],
    ['webhook_missing', found('webhook', 'missing'), here, /webhook/u],
    ['records_parked', one({ recordsParked: 1 }), here, /1 record cannot/u],
    [
      'mails_held_by_cap',
      { heldByCap: [{ survey: 'after-ticket', mails: 3 }] },
      { kind: 'survey', id: 'after-ticket' },
      /3 mails .* wait: .*daily cap/u,
    ],
    ['records_ambiguous', { ambiguousRecords: 2 }, { kind: 'people', id: null }, /2 records/u],
  ])('is %s, where it is done, and nothing else', (code, changes, where, sentence) => {
    const all = attentionOf({ ...allWell, ...changes });
    expect(all).toMatchObject([{ code, where, sentence: expect.stringMatching(sentence) }]);
    expect(all[0]?.sentence).toMatch(/^[^ ].*\S\.$/u);
  });

  it.each<[string, Partial<AttentionFacts>]>([
    ['no mail server while no survey needs it', { mailServer: 'none', surveysWithoutServer: [] }],
    ['asking that is off because the connection is being ended', one({ pausedAsking: true, clearing: true })],
    ['fields that were made just now', found('field nps_trend', 'repaired')],
    ['a connection that has not been looked at yet', one({ status: 'new', findings: [] })],
  ])('is not %s', (_what, changes) => {
    expect(attentionOf({ ...allWell, ...changes })).toEqual([]);
  });

  it('says of a refused connection that it is refused, and not what it was before', () => {
    const facts = { ...allWell, ...found('field nps_trend', 'blocked') };
    const refused = facts.connections.map((of) => ({ ...of, status: 'refused' as const }));
    expect(attentionOf({ ...facts, connections: refused }).map(({ code }) => code)).toEqual(['connection_refused']);
  });

  it('has what the sentence names as values of their own', () => {
    const paramsOf = (changes: Partial<AttentionFacts>) => attentionOf({ ...allWell, ...changes })[0]?.params;
    expect(paramsOf(ofBrand({ refused: 'Wrong password.', since }))).toEqual({
      brand: 'Umbrella',
      since: '2026-11-02T09:00:00.000Z',
      reason: 'Wrong password.',
    });
    expect(paramsOf({ refusedEmails: [{ survey: 'after-ticket', mails: 2 }] })).toEqual({
      survey: 'after-ticket',
      count: 2,
    });
  });

  it('begins with what is most urgent', () => {
    const codes = attentionOf({
      ...allWell,
      connections: [
        { ...connection, recordsParked: 1, pausedWriting: true },
        { ...connection, id: 'c2', status: 'refused' },
      ],
      mailServer: 'none',
      ambiguousRecords: 1,
      heldByCap: [{ survey: 'after-ticket', mails: 1 }],
    }).map(({ code }) => code);
    expect(codes).toEqual([
      'connection_refused',
      'mail_server_missing',
      'writing_paused',
      'records_parked',
      'mails_held_by_cap',
      'records_ambiguous',
    ]);
    expect(new Set(attentionCodes).size).toBe(attentionCodes.length);
  });
});
