import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actions, WebhookRequest } from '../../src/connector.ts';
import { UntrustedWebhook } from '../../src/model/errors.ts';
import { sameSignature } from '../../src/model/signature.ts';
import { readAs, readJson } from '../../src/model/verified-body.ts';
import { id } from './shapes.ts';
import { webhooks } from './webhooks.ts';

/**
 * The step "Send a survey" of a HubSpot workflow, which `app/src/app/workflow-actions` adds to it:
 * https://developers.hubspot.com/docs/api-reference/latest/automation/custom-workflow-actions
 */
export const actions: Actions = { verify, read, answer };

/**
 * HubSpot signs actions with version 2, and some with version 3, which goes before. Version 2 carries no time; repeating
 * a caught one does nothing, because the same step asks the same contact once.
 */
function verify(request: WebhookRequest, secrets: readonly string[], now: Date): string {
  const { method, url, headers, body } = request;
  if (headers['x-hubspot-signature-v3'] !== undefined) return webhooks.verify(request, secrets, now);
  const claimed = headers['x-hubspot-signature'];
  if (claimed === undefined) throw new UntrustedWebhook('signature_missing');
  const proven = secrets.find(
    (secret) => secret !== '' && sameSignature(claimed, versionTwo(secret, method, url, body)),
  );
  if (proven === undefined) throw new UntrustedWebhook('signature_wrong');
  return proven;
}

/** A hash with the secret in front, and no HMAC. */
function versionTwo(secret: string, method: string, url: string, body: Buffer): string {
  return createHash('sha256').update(`${secret}${method}${url}`).update(body).digest('hex');
}

const execution = z
  .object({
    callbackId: z.string().min(1),
    origin: z.object({ portalId: id }),
    object: z.object({ objectId: id, objectType: z.literal('CONTACT') }),
    inputFields: z.object({ survey: z.string().trim().min(1) }),
  })
  .transform(({ callbackId, origin, object, inputFields }) => ({
    account: origin.portalId,
    recordId: object.objectId,
    survey: inputFields.survey,
    key: callbackId,
  }));

function read(body: Buffer) {
  return readAs(execution, readJson(body), { code: 'step_invalid', params: {} });
}

/** Whoever is skipped goes on through the workflow all the same: it can branch on the verdict. */
function answer({ verdict, reason, message }: Parameters<Actions['answer']>[0]): object {
  return { outputFields: { hs_execution_state: 'SUCCESS', verdict, reason, message } };
}
