import { z } from 'zod';

/** Everything that the demo does and sees, over HTTP: it knows nothing of the service but its addresses. */
export type Outside = ReturnType<typeof createOutside>;

export type VendorName = 'hubspot' | 'zendesk';

const created = z.object({ id: z.string() });
const record = z.record(z.string(), z.unknown());
const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

const connections = items(z.object({ connector: z.string(), status: z.string() }));
const events = items(z.object({ kind: z.string() }));
const decisions = items(z.object({ verdict: z.string(), reasonCode: z.string(), message: z.string() }));
const deliveries = items(z.object({ status: z.number() }));
const sentEmails = z.array(
  z.object({
    to: z.array(z.string()),
    subject: z.string(),
    links: z.array(z.object({ text: z.string(), url: z.string() })),
  }),
);

export type SentDemoEmail = z.infer<typeof sentEmails>[number];
export type DecisionAnswer = z.infer<typeof decisions>['items'][number];

export function createOutside({ url, apiKey }: { url: string; apiKey: string }) {
  const control = `${url}/sandbox/control`;

  async function ask<Answer>(address: string, schema: z.ZodType<Answer>, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(address, { ...init, signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${new URL(address).pathname} answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  }

  function tell<Answer>(path: string, schema: z.ZodType<Answer>, body: object = {}): Promise<Answer> {
    return ask(`${control}/${path}`, schema, { method: 'POST', body: JSON.stringify(body) });
  }

  function list<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer> {
    return ask(`${url}/api/${path}`, schema, { headers: { Authorization: `Bearer ${apiKey}` } });
  }

  return {
    async isUp(): Promise<boolean> {
      // While it starts nobody listens.
      return fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    connections: async () => (await list('connections', connections)).items,
    /** @returns the vendor's id of the contact */
    addContact: async (vendor: VendorName, contact: { name: string; email: string }) =>
      (await tell(`${vendor}/contacts`, created, contact)).id,
    /** @returns the vendor's id of the ticket */
    openTicket: async (vendor: VendorName, ticket: { requesterId: string; subject: string; agent: string }) =>
      (await tell(`${vendor}/tickets`, created, ticket)).id,
    resolve: (vendor: VendorName, ticket: string) => tell(`${vendor}/tickets/${ticket}/resolve`, created),
    reopen: (vendor: VendorName, ticket: string) => tell(`${vendor}/tickets/${ticket}/reopen`, created),
    /** What the vendor's webhooks were answered, oldest first; those on their way have no status yet. */
    webhookAnswers: async (vendor: VendorName) =>
      (await ask(`${control}/${vendor}/deliveries`, deliveries)).items.flatMap(({ status }) => status || []),
    /** The record as the vendor keeps it, in the vendor's own form. */
    record: (vendor: VendorName, id: string) => ask(`${control}/${vendor}/contacts/${id}`, record),
    events: async (ticket: string) => (await list(`events?ticket=${ticket}`, events)).items,
    decision: async (ticket: string) => (await list(`decisions?ticket=${ticket}`, decisions)).items[0],
    emailTo: async (email: string): Promise<SentDemoEmail | undefined> =>
      (await ask(`${url}/sandbox/inbox/emails.json`, sentEmails)).find(({ to }) => to.includes(email)),
    /** Opens a link as a browser does. */
    open: (link: string) => readPage(link),
    /** Sends the page's form, which goes to the page's own address. */
    submit: (link: string, fields: Record<string, string>) =>
      readPage(link, { method: 'POST', body: new URLSearchParams(fields) }),
  };
}

async function readPage(address: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(address, { ...init, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`The survey page answered ${response.status}.`);
  return response.text();
}
