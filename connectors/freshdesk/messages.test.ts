import { describeConnectorCatalog } from '../../test/messages/connector-catalog.ts';
import type { ExamplesOf } from '../../test/messages/examples.ts';
import { freshdesk } from './index.ts';
import { type FreshdeskMessage, system } from './messages.ts';

const nothing = [{}] as const;
const answered = { system, status: 403, said: 'CODE (nps_trend)' };
const name = 'nps_trend';

const examples: ExamplesOf<FreshdeskMessage> = {
  'freshdesk.key_refused': [{ ...answered, setting: 'FRESHDESK_API_KEY' }],
  'freshdesk.redirected': [{ ...answered, setting: 'FRESHDESK_DOMAIN' }],
  'freshdesk.forbidden': [answered],
  'freshdesk.fields_missing': [answered],
  'freshdesk.fields_refused': [answered],
  'freshdesk.field_wrong_type': [{ name, is: 'custom_text', expected: 'custom_number' }],
  'freshdesk.field_renamed': [{ name: 'latest_scale_1' }],
  'freshdesk.rule_unseen': nothing,
  'freshdesk.rule_calls': [{ url: 'https://feedback.example.com/webhooks/freshdesk/7' }],
  'freshdesk.webhook_unverified': [{ setting: 'FRESHDESK_WEBHOOK_SECRET' }],
};

describeConnectorCatalog(freshdesk, examples, import.meta.dirname);
