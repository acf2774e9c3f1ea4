import { randomBytes } from 'node:crypto';
import { type Request, Router } from 'express';
import { type Account, timestamp } from './account.ts';
import { admitAdmins } from './authentication.ts';
import { listPage, pageParameters } from './pagination.ts';
import { type Attributes, readQuery, readRecord } from './reading.ts';
import { recordNotFound } from './refusals.ts';
import { definableAttributes, readDefinition, verifySameKind, type WebhookDefinition } from './webhook-definitions.ts';

export type Webhook = { id: string; secret: string; createdAt: Date; definition: WebhookDefinition };

/** @see https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/ */
export function createWebhookRoutes(account: Account, webhooks: Map<string, Webhook>): Router {
  const routes = Router();
  routes.use('/webhooks', admitAdmins);

  routes.get('/webhooks', (request, response) => {
    const query = readQuery(request, [...pageParameters, 'filter[name_contains]', 'filter[status]']);
    const name = query.get('filter[name_contains]') ?? '';
    const status = query.get('filter[status]');
    const found = [...webhooks.values()].filter(
      ({ definition }) => definition.name.includes(name) && (status === null || definition.status === status),
    );
    // Webhooks are listed by cursor only, asked for or not.
    if (!query.has('page[size]')) query.set('page[size]', '100');
    const { items, envelope } = listPage(found, query, `${account.baseUrl}/api/v2/webhooks`);
    response.json({ webhooks: items.map((webhook) => showWebhook(account, webhook)), ...envelope });
  });

  routes.post('/webhooks', (request, response) => {
    readQuery(request, []);
    const definition = readDefinition(readSent(request));
    const webhook = {
      id: account.identifiers.ulid(),
      secret: inventSecret(),
      createdAt: account.clock(),
      definition,
    };
    webhooks.set(webhook.id, webhook);
    response.status(201).json({ webhook: showWebhook(account, webhook) });
  });

  routes.get('/webhooks/:id', (request, response) => {
    response.json({ webhook: showWebhook(account, findWebhook(request.params.id)) });
  });

  routes.put('/webhooks/:id', (request, response) => {
    const webhook = findWebhook(request.params.id);
    redefine(webhook, readDefinition(readSent(request)));
    response.status(204).end();
  });

  routes.patch('/webhooks/:id', (request, response) => {
    const webhook = findWebhook(request.params.id);
    redefine(webhook, readDefinition({ ...webhook.definition, ...readSent(request) }));
    response.status(204).end();
  });

  routes.delete('/webhooks/:id', (request, response) => {
    webhooks.delete(findWebhook(request.params.id).id);
    response.status(204).end();
  });

  routes.get('/webhooks/:id/signing_secret', (request, response) => {
    response.json(showSecret(findWebhook(request.params.id)));
  });

  routes.post('/webhooks/:id/signing_secret', (request, response) => {
    const webhook = findWebhook(request.params.id);
    webhook.secret = inventSecret();
    response.status(201).json(showSecret(webhook));
  });

  function findWebhook(id: string): Webhook {
    const webhook = webhooks.get(id);
    if (!webhook) throw recordNotFound();
    return webhook;
  }

  return routes;
}

function readSent(request: Request<{ id: string }> | Request): Attributes {
  return readRecord(request, 'webhook', definableAttributes);
}

function redefine(webhook: Webhook, definition: WebhookDefinition): void {
  verifySameKind(definition, webhook.definition);
  webhook.definition = definition;
}

function inventSecret(): string {
  return `fake-zendesk-signing-secret-${randomBytes(16).toString('hex')}`;
}

function showSecret({ secret }: Webhook): Attributes {
  return { signing_secret: { algorithm: 'SHA256', secret } };
}

/** What its authentication holds is never told again. */
function showWebhook(account: Account, { id, createdAt, definition }: Webhook): Attributes {
  const { authentication, ...told } = definition;
  return {
    id,
    ...told,
    ...(authentication ? { authentication: { type: authentication.type, add_position: 'header' } } : {}),
    created_at: timestamp(createdAt),
    created_by: String(account.admin.id),
  };
}
