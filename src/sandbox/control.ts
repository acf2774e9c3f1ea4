import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { NotFound } from '../model/errors.ts';
import { answerJson, answerNothing, answerSeeOther } from './answers.ts';
import { hasFormBody, readRequest, requestQuery, validate } from './request.ts';
import type { Vendor } from './vendor.ts';

/** One call: what is in it, and the ids that stand in its address. */
type Call = { vendor: Vendor; request: IncomingMessage; id: string };

/** What the call came to; nothing where there is nothing to tell. */
type Outcome = { status: number; value: unknown } | undefined;

const text = z.string().trim().min(1).max(500);
const flag = z.boolean().exactOptional();
const address = z.email();

const newContact = z.strictObject({
  name: text,
  email: address.exactOptional(),
  language: text.exactOptional(),
  staff: flag,
  suspended: flag,
  shared: flag,
  optedOut: flag,
  undeliverable: flag,
});

const newTicket = z.strictObject({
  requesterId: text,
  subject: text,
  agent: text.exactOptional(),
  publicReplies: z.int().min(0).exactOptional(),
});

const disturbance = z.strictObject({
  kind: z.enum(['throttle', 'fail', 'drop', 'hang', 'revoke', 'poison', 'mute', 'reorder']),
  times: z.int().min(1).exactOptional(),
  path: text.exactOptional(),
  retryAfterSeconds: z.number().min(0).exactOptional(),
  recordId: text.exactOptional(),
});

const nothing = z.strictObject({});
const byEmail = z.strictObject({ email: address });

/** Method and address below `/control/<connector>`, of which `:id` is the vendor's id of a contact or a ticket. */
const routes: Readonly<Record<string, (call: Call) => Outcome | Promise<Outcome>>> = {
  'POST contacts': async ({ vendor, request }) => created(vendor.addContact(await readRequest(request, newContact)).id),
  'GET contacts': ({ vendor, request }) => {
    const { email } = validate(requestQuery(request), byEmail);
    const id = vendor.simulator.recordIdByEmail(email);
    if (id === undefined) throw new NotFound('contact');
    return { status: 200, value: { id } };
  },
  'GET contacts/:id': ({ vendor, id }) => {
    const record = vendor.simulator.record(id);
    if (!record) throw new NotFound('contact');
    return { status: 200, value: record };
  },
  'POST tickets': async ({ vendor, request }) => created(vendor.addTicket(await readRequest(request, newTicket)).id),
  'POST tickets/:id/resolve': async ({ vendor, request, id }) => {
    await readRequest(request, nothing);
    return { status: 200, value: vendor.resolve(id) };
  },
  'POST tickets/:id/reopen': async ({ vendor, request, id }) => {
    await readRequest(request, nothing);
    return { status: 200, value: vendor.reopen(id) };
  },
  'POST disturb': async ({ vendor, request }) => {
    vendor.simulator.disturb(await readRequest(request, disturbance));
    return undefined;
  },
  'POST calm': async ({ vendor, request }) => {
    await readRequest(request, nothing);
    vendor.simulator.calm();
    return undefined;
  },
  'GET requests': ({ vendor }) => ({ status: 200, value: { items: vendor.simulator.requests } }),
  'GET deliveries': ({ vendor }) => ({ status: 200, value: { items: vendor.simulator.deliveries } }),
};

/**
 * Makes things happen in a simulated vendor, from outside: for the buttons of the sandbox's page, for the demo, and
 * for whoever tries the service out by hand.
 *
 * @param path below `/control`, as `['acme', 'tickets', '7', 'resolve']`
 * @param home where a form's sender goes afterwards
 * @throws RequestError, NotFound
 */
export async function control(
  request: IncomingMessage,
  response: ServerResponse,
  { vendors, path, home }: { vendors: ReadonlyMap<string, Vendor>; path: readonly string[]; home: string },
): Promise<void> {
  const [name = '', object = '', id = '', ...rest] = path;
  const vendor = vendors.get(name);
  if (!vendor) throw new NotFound('connector');
  const pattern = [object, ...(id === '' ? [] : [':id']), ...rest].join('/');
  const route = Object.entries(routes).find(([key]) => key === `${request.method} ${pattern}`)?.[1];
  if (!route) throw new NotFound('address');
  const outcome = await route({ vendor, request, id });
  if (hasFormBody(request)) answerSeeOther(response, home);
  else if (outcome) answerJson(response, outcome.status, outcome.value);
  else answerNothing(response);
}

function created(id: string): Outcome {
  return { status: 201, value: { id } };
}
