import type { Examples } from './examples.ts';

const nothing = [{}] as const;
const since = '2026-03-02T23:30:00.000Z';
const connection = { code: 'connection', params: { kind: 'account', system: 'Acme', account: '42' } } as const;
const why = { code: 'email.credentials', params: { status: '535 5.7.8', setting: 'SMTP_URL' } } as const;
const refused = { code: 'upstream.forbidden', params: { system: 'Acme', status: 403, said: '' } } as const;
const brand = 'Umbrella';
const waiting = [
  { survey: 'after-ticket', count: 1 },
  { survey: 'after-ticket', count: 5 },
] as const;
const paused = [{ kind: 'everything' }, { kind: 'connection', connection }] as const;
const field = { code: 'about', params: { kind: 'field', field: 'nps_trend' } } as const;

export const attentionExamples: Examples['attention'] = {
  connection: [
    { kind: 'named', name: 'Our shop' },
    { kind: 'account', system: 'Acme', account: '42' },
    { kind: 'system', system: 'Acme' },
  ],
  connection_unauthorized: [{ connection, why: refused }],
  connection_closed: [{ connection }],
  no_worker: nothing,
  no_connection: nothing,
  public_url_missing: nothing,
  no_survey_live: nothing,
  email_server_missing: [
    { surveys: ['after-ticket'], count: 1 },
    { surveys: ['after-ticket', 'csat'], count: 2 },
  ],
  email_server_refused: [{ since, why }],
  email_server_down: [{ since }],
  email_server_throttled: [{ since }],
  brand_server_refused: [{ brand, since, why }],
  brand_server_down: [{ brand, since }],
  brand_server_throttled: [{ brand, since }],
  emails_refused: waiting,
  emails_deferred_by_cap: waiting,
  surveys_paused: paused,
  write_back_paused: paused,
  right_missing: [
    {
      connection,
      about: { code: 'about', params: { kind: 'right', right: 'tickets' } },
      found: { code: 'refused', params: { why: refused } },
    },
  ],
  field_wrong: [{ connection, about: field, found: { code: 'refused', params: { why: refused } } }],
  field_missing: [{ connection, about: field, found: { code: 'field.missing', params: { name: 'nps_trend' } } }],
  webhook_missing: [
    {
      connection,
      about: { code: 'about', params: { kind: 'webhook' } },
      found: { code: 'refused', params: { why: refused } },
    },
  ],
  records_failed: [
    { connection, count: 1 },
    { connection, count: 5 },
  ],
  records_ambiguous: [{ count: 1 }, { count: 5 }],
};
