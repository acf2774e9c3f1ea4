import type { Examples } from './examples.ts';

const nothing = [{}] as const;
const name = 'nps_trend';
const plural = [{ count: 1 }, { count: 5 }] as const;

export const findingExamples: Examples['findings'] = {
  fine: nothing,
  created: nothing,
  repaired: nothing,
  removed: nothing,
  refused: [{ why: { code: 'account.taken', params: { account: '42' } } }],
  'field.missing': [{ name }],
  'field.removed': [{ name }],
  'field.options_missing': [{ name, options: ['up', 'down', 'same'] }],
  'fields.left_out': plural,
  about: [
    { kind: 'credentials' },
    { kind: 'account' },
    { kind: 'webhook' },
    { kind: 'right', right: 'crm.objects.contacts.read' },
    { kind: 'field', field: name },
    { kind: 'fields' },
    { kind: 'ticket_fields' },
    { kind: 'clock' },
    { kind: 'last_event' },
    { kind: 'backlog' },
    { kind: 'failed_records' },
    { kind: 'asking' },
    { kind: 'writing' },
    { kind: 'rate_limit' },
  ],
  'clock.agrees': nothing,
  'clock.differs': [{ difference: 'PT5M30S' }],
  'events.none': nothing,
  'events.last': [{ ago: 'P2DT1H' }],
  backlog: [{ toRead: 3, toWrite: 0 }],
  'records.failed': plural,
  'calls.left': plural,
  'calls.wait': [{ until: '2026-03-02T23:30:00.000Z' }],
  'asking.paused': nothing,
  'writing.paused': nothing,
  'ending.fields': [
    { kind: 'keep', system: 'Acme' },
    { kind: 'remove', system: 'Acme' },
  ],
  'ending.fields_cleared': [
    { system: 'Acme', count: 1 },
    { system: 'Acme', count: 5 },
  ],
  'ending.answers_stay': nothing,
  'ending.keys': [{ kind: 'environment' }, { kind: 'forgotten', system: 'Acme' }],
};
