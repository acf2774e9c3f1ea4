import { z } from 'zod';
import type { Panel } from '../../../src/connector.ts';
import { readAs, readJson } from '../../../src/model/verified-body.ts';
import { exampleWebhooks } from './webhooks.ts';

const request = z.object({
  agent: z.string(),
  record: z.object({ kind: z.enum(['contact', 'ticket']), id: z.string() }),
});

export const examplePanel: Panel = {
  verify: exampleWebhooks.verify,
  read: ({ body }) => readAs(request, readJson(body), { code: 'panel_not_shown', params: {} }),
  render: ({ values, ...content }) => ({ ...content, fields: values }),
};
