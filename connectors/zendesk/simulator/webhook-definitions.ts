import { type Attributes, isObject } from './reading.ts';
import { invalidRequest } from './refusals.ts';

/** What whoever makes a webhook decides about it. */
export type WebhookDefinition = {
  name: string;
  description?: string;
  status: 'active' | 'inactive';
  endpoint: string;
  http_method: string;
  request_format: string;
  subscriptions: readonly string[];
  authentication?: Attributes;
  custom_headers?: Readonly<Record<string, string>>;
};

export const definableAttributes = [
  'name',
  'description',
  'status',
  'endpoint',
  'http_method',
  'request_format',
  'subscriptions',
  'authentication',
  'custom_headers',
] as const;

const conditional = 'conditional_ticket_events';

const eventTypes: ReadonlySet<string> = new Set(
  [
    'ticket.created',
    'ticket.status_changed',
    'ticket.custom_status_changed',
    'ticket.requester_changed',
    'ticket.merged',
    'ticket.soft_deleted',
    'ticket.permanently_deleted',
    'ticket.undeleted',
    'ticket.csat_requested',
    'ticket.csat_received',
    'user.created',
    'user.merged',
    'user.deleted',
    'user.active_changed',
    'user.suspended_changed',
    'user.role_changed',
    'user.custom_field_changed',
    'user.identity_created',
    'user.identity_changed',
    'user.identity_deleted',
  ].map((name) => `zen:event-type:${name}`),
);

/** A whole definition, as it has to be when it is made, or after a change. */
export function readDefinition(attributes: Attributes): WebhookDefinition {
  const subscriptions = readSubscriptions(attributes.subscriptions);
  const forTriggers = subscriptions.includes(conditional);
  const methods = forTriggers ? ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'] : ['POST'];
  const formats = forTriggers ? ['json', 'xml', 'form_encoded'] : ['json'];
  return {
    name: readText(attributes, 'name'),
    status: readOneOf(attributes, 'status', ['active', 'inactive']),
    endpoint: readEndpoint(attributes),
    http_method: readOneOf(attributes, 'http_method', methods),
    request_format: readOneOf(attributes, 'request_format', formats),
    subscriptions,
    ...(attributes.description === undefined ? {} : { description: readText(attributes, 'description') }),
    ...readAuthentication(attributes),
    ...readCustomHeaders(attributes),
  };
}

/** A webhook stays what it was made for: triggers, or events. */
export function verifySameKind(after: WebhookDefinition, before: WebhookDefinition): void {
  if (after.subscriptions.includes(conditional) !== before.subscriptions.includes(conditional)) {
    throw invalidRequest('subscriptions', 'A webhook cannot change between triggers and events.');
  }
}

/** The headers that a webhook's own authentication and custom headers add to each delivery. */
export function extraHeaders({ authentication, custom_headers: custom }: WebhookDefinition): Record<string, string> {
  const data = authentication?.data;
  if (!isObject(data)) return { ...custom };
  if (authentication?.type === 'api_key') return { ...custom, [String(data.name)]: String(data.value) };
  if (authentication?.type === 'bearer_token') return { ...custom, authorization: `Bearer ${data.token}` };
  const encoded = Buffer.from(`${data.username}:${data.password}`).toString('base64');
  return { ...custom, authorization: `Basic ${encoded}` };
}

function readSubscriptions(raw: unknown): readonly string[] {
  const list = raw ?? [conditional];
  if (!Array.isArray(list) || list.length === 0) throw invalidRequest('subscriptions', 'It has to be a list.');
  const subscriptions = list.map(String);
  if (subscriptions.length === 1 && subscriptions[0] === conditional) return subscriptions;
  const stranger = subscriptions.find((name) => !eventTypes.has(name));
  if (stranger !== undefined) throw invalidRequest('subscriptions', `${stranger} is not an event type.`);
  return subscriptions;
}

function readAuthentication({ authentication }: Attributes): Pick<WebhookDefinition, 'authentication'> {
  if (authentication === undefined || authentication === null) return {};
  const fieldsByType: Readonly<Record<string, readonly string[]>> = {
    basic_auth: ['username', 'password'],
    bearer_token: ['token'],
    api_key: ['name', 'value'],
  };
  const data = isObject(authentication) ? authentication.data : undefined;
  const names = isObject(authentication) ? fieldsByType[String(authentication.type)] : undefined;
  if (!isObject(authentication) || authentication.add_position !== 'header' || !names || !isObject(data)) {
    throw invalidRequest('authentication', 'It needs a known type, add_position header, and data.');
  }
  for (const name of names) readText(data, name);
  return { authentication };
}

function readCustomHeaders({ custom_headers: raw }: Attributes): Pick<WebhookDefinition, 'custom_headers'> {
  if (raw === undefined || raw === null) return {};
  if (!isObject(raw)) throw invalidRequest('custom_headers', 'It has to be an object.');
  return { custom_headers: Object.fromEntries(Object.keys(raw).map((name) => [name, readText(raw, name)])) };
}

function readEndpoint(attributes: Attributes): string {
  const endpoint = readText(attributes, 'endpoint');
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) throw invalidRequest('endpoint', 'It has to be a URL.');
  return endpoint;
}

function readText(attributes: Attributes, name: string): string {
  const text = attributes[name];
  if (typeof text !== 'string' || text.trim() === '') throw invalidRequest(name, 'It cannot be blank.');
  return text;
}

function readOneOf<Word extends string>(attributes: Attributes, name: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === attributes[name]);
  if (word === undefined) throw invalidRequest(name, `It has to be one of ${words.join(', ')}.`);
  return word;
}
