import type { World } from './world.ts';

/** A call to Zendesk's API past the service, as an admin of the account may make it. */
export function callZendesk({ zendesk }: Pick<World, 'zendesk'>, method: string, path: string): Promise<Response> {
  const { email, token } = zendesk.apiToken;
  const authorization = `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
  return fetch(`${zendesk.environment.ZENDESK_BASE_URL}/api/v2/${path}`, { method, headers: { authorization } });
}
