import { describeConnectorCatalog } from '../../test/messages/connector-catalog.ts';
import type { ExamplesOf } from '../../test/messages/examples.ts';
import { zendesk } from './index.ts';
import { system, type ZendeskMessage } from './messages.ts';

const nothing = [{}] as const;
const answered = { system, status: 403, said: 'CODE (nps_trend)' };
const name = 'nps_trend';

const examples: ExamplesOf<ZendeskMessage> = {
  'zendesk.credentials_refused': [answered],
  'zendesk.forbidden': [answered],
  'zendesk.fields_refused': [answered],
  'zendesk.redirected': [{ ...answered, settings: ['ZENDESK_SUBDOMAIN', 'ZENDESK_BASE_URL'] }],
  'zendesk.not_there': [{ ...answered, settings: ['ZENDESK_SUBDOMAIN', 'ZENDESK_BASE_URL'] }],
  'zendesk.client_refused': [{ status: 401, settings: ['ZENDESK_SUBDOMAIN', 'ZENDESK_CLIENT_ID'] }],
  'zendesk.jobs_full': [{ count: 1 }, { count: 30 }],
  'zendesk.ticket_updates_used_up': nothing,
  'zendesk.field_wrong_type': [{ name, is: 'text', expected: 'integer' }],
  'zendesk.field_inactive': [{ name }],
  'zendesk.field_not_ours': [{ name }],
  'zendesk.webhook_missing': nothing,
  'zendesk.webhook_unknown': nothing,
  'zendesk.webhook_removed': nothing,
  'zendesk.webhook_differs': [{ parts: ['endpoint', 'status'] }],
  'zendesk.api_token_ends': [
    { on: '2027-04-30T00:00:00.000Z', settings: ['ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'] },
  ],
};

describeConnectorCatalog(zendesk, examples, import.meta.dirname);
