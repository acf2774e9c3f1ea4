import type { Logger } from 'pino';
import type { z } from 'zod';
import type { FieldProfile } from './model/account-fields.ts';
import type { ContactSnapshot } from './model/contact.ts';
import type { RecordValues } from './model/crm-field-definitions.ts';
import type { Guide } from './model/guide.ts';
import type { FieldLabels } from './model/locale.ts';
import type { ConnectorCatalog } from './model/messages/connector-catalog.ts';
import type { Finding } from './model/messages/finding.ts';
import type { WriteRefusal } from './model/messages/write-outcome.ts';
import type { PanelContent } from './model/panel-content.ts';
import type { Category, Metric } from './model/scale.ts';
import type { Simulator, SimulatorOptions } from './model/simulator.ts';
import type { TicketSnapshot } from './model/ticket.ts';
import type { Send } from './model/vendor-request.ts';
import type { CallLimits, RateLimiter } from './platform/rate-limiter.ts';

/**
 * The socket: what an outside system is to us. A connector is a value; having a key is the claim to be able to do it,
 * leaving the key out is the whole of "cannot".
 */
export type Connector<Settings = unknown> = {
  /** Folder, route and log field in one: lower case, no spaces. */
  name: string;
  /** The vendor's name as the vendor writes it. */
  title: string;
  /**
   * The environment keys it owns, each with `.describe(...)` (one line for `.env.example`) and, where the value is
   * secret, `.meta({ secret: true, description })`. Unset keys arrive as undefined. Its refinements say which keys
   * belong together and name the missing one.
   */
  settings: z.ZodType<Settings>;
  /** The sentences of its own codes, in every language; absent where the service's own codes say everything. */
  messages?: ConnectorCatalog;
  /** What an admin reads who connects an account by hand: each setting in their words, and what to do before. */
  guide: Guide;
  /** Whether these settings alone make a connection; an OAuth application alone does not. */
  connects(settings: Settings): boolean;
  /** The vendor's limits for its smallest plan, until its headers say more. */
  limits: CallLimits;
  webhooks?: Webhooks;
  /** What the vendor's workflows may have us do. */
  actions?: Actions;
  /** What agents see beside a record, in the vendor's own pages. */
  panel?: Panel;
  /** Consent by OAuth, where these settings hold an application for it. */
  authorization?(settings: Settings, tools: Pick<ConnectionTools, 'clock' | 'send'>): Authorization | undefined;
  /** One connection's capabilities. Does no I/O: clients are born on first use. */
  connect(settings: Settings, tools: ConnectionTools): Connection;
  /** A stand-in for the vendor, for the sandbox and the tests; loaded only there. */
  simulate?(): Promise<(options: SimulatorOptions) => Simulator>;
};

export type ConnectionTools = {
  /** Whether the connection came about by `authorization`: its tokens stand in the slot, under `authorization`. */
  authorized?: boolean;
  log: Logger;
  clock: () => Date;
  /** Every call to the vendor goes through here. */
  rateLimiter: RateLimiter;
  /** The only way to send a request: it alone checks where a request leads, and how much comes back. */
  send: Send;
  credentials: CredentialSlot;
  /**
   * What our fields are called in this account, by our key, where an admin says otherwise; null is a field that this
   * account does without. A field of another name is looked for and checked, and created only where nobody has it.
   */
  fieldNames: Readonly<Record<string, string | null>>;
  /** Which fields are created in this account; absent: all of them, the core ones where its plan has no room for all. */
  fieldProfile?: FieldProfile;
};

/** One connection's encrypted place for what it obtained itself: tokens, signing secrets. */
export type CredentialSlot = {
  /** What stands there under this name; nothing when nothing does. */
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
  /**
   * Replaces what stands there, once across all processes: `make` runs only if nobody else has replaced `stale`
   * meanwhile; everybody gets the one new value.
   */
  renew(name: string, stale: string | undefined, make: () => Promise<string>): Promise<string>;
};

export type Connection = {
  /** The secrets that prove a webhook to be for this connection, newest first. Empty: it cannot hear webhooks yet. */
  webhookSecrets?(): Promise<readonly string[]>;
  /**
   * Whether our own webhook is just being made, or stands, and its secret is not among these yet: what they do not
   * prove is to be sent again.
   */
  awaitsWebhookSecret?(): Promise<boolean>;
  /** The secrets that prove a panel's request to come from this account, newest first. */
  panelSecrets?(): Promise<readonly string[]>;
  tickets?: Tickets;
  contacts?: Contacts;
  provisioning?: Provisioning;
  audience?: Audience;
};

// ---------------------------------------------------------------------------------------------------- webhooks

export type Webhooks = {
  /** Whether the proof rests on a signature over the body, or only on a secret that travels with it. */
  proof: 'signature' | 'shared secret';
  /**
   * Pure and constant-time, over the raw bytes. Refuses stale and future.
   *
   * @returns the one of `secrets` that proved it
   * @throws UntrustedWebhook
   */
  verify(request: WebhookRequest, secrets: readonly string[], now: Date): string;
  /**
   * Pure: what a verified body tells. Empty when nothing in it concerns us.
   *
   * @throws RequestError when it cannot be read at all
   */
  read(body: Buffer): WebhookContent;
};

export type WebhookRequest = {
  method: string;
  /** The address as the sender called it: our public address with path and query, whatever a proxy made of it. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
};

export type WebhookContent = {
  events: readonly ConnectorEvent[];
  /** Event types that were in it and mean nothing to us, for the log. */
  ignored: readonly string[];
};

/** A vendor's word that something may have changed. It only makes us look. */
export type ConnectorEvent = {
  kind:
    | 'ticket.changed'
    | 'ticket.merged'
    | 'ticket.deleted'
    | 'contact.changed'
    | 'contact.merged'
    | 'contact.deleted'
    | 'contact.restored'
    | 'contact.erased';
  /** The vendor's account that it is about; absent where the secret alone tells. */
  account?: string;
  /** The vendor's id of the ticket or contact; of the loser in a merge. */
  objectId: string;
  /** The winner of a merge. */
  intoId?: string;
  happenedAt: Date;
  /** The same for every delivery of the same event, however often and in whatever batch it arrives. */
  key: string;
};

// ---------------------------------------------------------------------------------------------------- actions

/** A step of the vendor's workflows that sends a survey. Proven like a webhook, by the same secrets. */
export type Actions = {
  /** As `Webhooks.verify`. @throws UntrustedWebhook */
  verify(request: WebhookRequest, secrets: readonly string[], now: Date): string;
  /** @throws RequestError when it cannot be read, naming the field of the workflow's step */
  read(body: Buffer): WorkflowSurveyRequest;
  /** What the vendor wants to hear of it, as JSON. */
  answer(outcome: { verdict: 'asked' | 'waiting' | 'skipped'; reason: string; message: string }): object;
};

export type WorkflowSurveyRequest = {
  /** The vendor's account that the workflow runs in. */
  account: string;
  /** The vendor's id of the contact. */
  recordId: string;
  /** The key of the survey to send. */
  survey: string;
  /** The same for every try of the same step for the same contact. */
  key: string;
};

// ---------------------------------------------------------------------------------------------------- panel

/** A place in the vendor's pages that shows agents a contact's answers. */
export type Panel = {
  /** Who may frame the panel's page, as `frame-ancestors` takes it; absent where the vendor frames none. */
  framedBy?: readonly string[];
  /** As `Webhooks.verify`. @throws UntrustedWebhook */
  verify(request: WebhookRequest, secrets: readonly string[], now: Date): string;
  /** Pure: who looks at what, of a verified request. @throws RequestError naming what is missing */
  read(request: WebhookRequest): PanelRequest;
  /** The content in the host's shape, as JSON. Fetches nothing. */
  render(content: PanelContent, fieldNames: ConnectionTools['fieldNames']): object;
};

export type PanelRequest = {
  /** The vendor's account; absent where the secret alone tells. */
  account?: string;
  /** The vendor's id of the record that it stands beside. */
  record: { kind: 'contact' | 'ticket'; id: string };
  /** The vendor's id of who looks. */
  agent: string;
  /** A BCP 47 tag, as the vendor writes it. */
  language?: string;
};

// ---------------------------------------------------------------------------------------------------- tickets

export type Tickets = {
  /** The most tickets that one `find`, `mark` or `unmark` takes. */
  batchSize: number;
  /**
   * The tickets as they are now, with their requesters, in any order. Missing ones are absent; one that lost a merge
   * comes back under the id that was asked for, as gone and merged.
   *
   * A failure of the whole call is thrown, also where one of several tickets is to blame: whoever asks halves the batch.
   *
   * @param options.properties further properties of the requesters, by the vendor's names; unknown ones are left out
   */
  find(ids: readonly string[], options?: { properties?: readonly string[] }): Promise<readonly TicketSnapshot[]>;
  /**
   * One page of tickets changed since then, oldest first; pages may repeat tickets.
   *
   * @param cursor as the previous page returned it; `since` then no longer matters
   */
  changedSince(since: Date, cursor?: string): Promise<TicketChanges>;
  /**
   * Makes answers stand on their tickets, at most one a ticket and call; never changes a status. Safe to repeat.
   *
   * @returns one outcome for each ticket; a failure of the whole call is thrown
   */
  mark?(marks: readonly TicketMark[]): Promise<readonly TicketMarkOutcome[]>;
  /** Takes away what `mark` made, but no note: no answer about these tickets counts any more. Safe to repeat. */
  unmark?(ids: readonly string[]): Promise<readonly TicketMarkOutcome[]>;
};

/** What an answered ticket shows. */
export type TicketMark = {
  id: string;
  metric: Metric;
  rating: number;
  /** The highest point of the scale. */
  scale: number;
  category: Category;
  comment: string | null;
  answeredAt: Date;
  /** Whether an internal note is wanted where the system has one; it is added once an answer. */
  note: boolean;
};

export type MarkOutcome =
  | { result: 'marked' | 'unmarked' | 'gone' }
  /** `why` carries no personal data; e.g. a closed ticket takes no change. */
  | { result: 'refused'; why: WriteRefusal }
  /** Not done, worth repeating. `retryAfter` is in milliseconds. */
  | { result: 'busy'; retryAfter?: number }
  /** Under way, or not taken yet: the same call says after a while (milliseconds) what became of it. No failure. */
  | { result: 'unfinished'; retryAfter?: number };

/** What became of one ticket of a batch. */
export type TicketMarkOutcome = MarkOutcome & { id: string };

export type TicketChanges = {
  changes: readonly { id: string; changedAt: Date }[];
  /** Continues after this page; also where a later call can go on from. */
  cursor?: string;
  /** Whether another page is ready now. */
  more: boolean;
  /** Everything changed before this is in the pages so far: where the next poll may begin without a cursor. */
  completeUntil: Date;
};

// ---------------------------------------------------------------------------------------------------- contacts

export type Contacts = {
  /** The most that one `writeFields` or `find` takes. One contact who cannot be read may fail a `find`: halve it. */
  batchSize: number;
  /** Those that exist, in any order; a contact may have several records. Addresses match whatever their case. */
  find(
    by: { ids: readonly string[] } | { emails: readonly string[] },
    options?: { properties?: readonly string[] },
  ): Promise<readonly ContactSnapshot[]>;
  /** The values that stand on these records now, by record id; without those that are gone. Read in our own form. */
  readFields(ids: readonly string[]): Promise<ReadonlyMap<string, RecordValues>>;
  /**
   * Writes for up to `batchSize` records, each at most once a call. Safe to repeat.
   *
   * A failure of the whole call is thrown: `UpstreamBusy` (with `outcome`), `UpstreamRefused`.
   */
  writeFields(writes: readonly FieldsWrite[]): Promise<WriteReport>;
  /** What became of an unfinished write: nothing while it is still under way. A lost one is all `unknown`. */
  finishWrite?(receipt: string): Promise<readonly WriteOutcome[] | undefined>;
  /**
   * Which of these records were deleted for good, so that nothing may be held on their contacts any more. Asked of
   * records that `find` no longer finds, at most `batchSize`. Left out where the vendor tells it by an event.
   */
  erased?(ids: readonly string[]): Promise<readonly string[]>;
  /** A new record for a contact this system does not know. */
  create?(contact: { email: string; name?: string }): Promise<ContactSnapshot>;
};

export type FieldsWrite = { id: string; values: RecordValues };

export type WriteReport = {
  /** One for every record whose fate is known. */
  outcomes: readonly WriteOutcome[];
  /** Our keys of fields that turned out not to be there: the rest was written without them. */
  missingFields?: readonly string[];
  /** What the vendor accepted but has not done yet. */
  unfinished?: { receipt: string; ids: readonly string[] };
};

export type WriteOutcome =
  | { id: string; result: 'written' | 'gone' | 'unknown' }
  /** The record was merged into another one, which was not written. */
  | { id: string; result: 'moved'; to: string }
  /** `why` carries no personal data. */
  | { id: string; result: 'refused'; why: WriteRefusal }
  /** Not done, worth repeating. */
  | { id: string; result: 'busy'; retryAfter?: number };

// ---------------------------------------------------------------------------------------------------- provisioning

export type Provisioning = {
  /**
   * Looks, changes nothing. Throws only `UpstreamBusy`; everything else is a finding.
   *
   * @param options.ticketMarks whether what marks on tickets need is looked at as well
   */
  check(options?: { ticketMarks?: boolean }): Promise<Inspection>;
  /**
   * Creates and repairs what is ours, leaves everybody else's alone, never changes a type or drops an option.
   * Repeatable.
   *
   * @param target.webhookUrl where this connection's webhooks should arrive; absent when no public address is known
   * @param target.labels what new fields are called, in the language of those who work there; English unless given
   */
  ensure(target: { webhookUrl?: string; ticketMarks?: boolean; labels?: FieldLabels }): Promise<Inspection>;
  /** Takes away what is ours: the webhook always, the fields with all their values only when asked. Repeatable. */
  remove?(options: { fields: boolean }): Promise<readonly Finding[]>;
};

export type Inspection = {
  /** The vendor's id of the account; absent when the credentials do not open it. */
  account?: string;
  /** IANA name of the account's time zone. */
  timeZone?: string;
  /** The host of the account's own pages, for links to its records; absent where the vendor tells none. */
  host?: string;
  /** The vendor's clock when it answered, where it tells it: signatures rest on both clocks agreeing. */
  vendorClock?: Date;
  findings: readonly Finding[];
};

// ---------------------------------------------------------------------------------------------------- authorization

export type Authorization = {
  /** Where the admin's browser is sent to consent. */
  url(request: { redirectUrl: string; state: string }): string;
  /**
   * What the code that came back is worth.
   *
   * @returns the account it opens, and what is kept in the slot under `authorization`
   * @throws UpstreamRefused when the vendor does not take the code
   */
  exchange(answer: { code: string; redirectUrl: string }): Promise<{ account: string; credentials: string }>;
};

// ---------------------------------------------------------------------------------------------------- audience

/** Whom to page through: each system offers the sources it has and refuses the others as `RequestError`. */
export type AudienceSource =
  /** A list or view of the vendor's, by its id. */
  | { kind: 'list' | 'view'; id: string }
  /** The vendor's own search language. */
  | { kind: 'search'; query: string }
  | { kind: 'changed'; since: Date }
  /** Those whose date property falls into these days. */
  | { kind: 'date'; property: string; from: Date; until: Date };

export type Audience = {
  /** The kinds of source that this system has. */
  sources: readonly AudienceSource['kind'][];
  /** A page of contacts with their consent fields; `cursor` is absent on the last one. */
  page(source: AudienceSource, cursor?: string): Promise<{ contacts: readonly ContactSnapshot[]; cursor?: string }>;
};

export type { ConsentGuide, Guide, GuideScope, KeysGuide } from './model/guide.ts';
export type { ConnectorCatalog } from './model/messages/connector-catalog.ts';
export type { Finding } from './model/messages/finding.ts';
export type { PanelAnswer, PanelContent } from './model/panel-content.ts';
export type * from './model/simulator.ts';
export type { Send, VendorAnswer, VendorRequest } from './model/vendor-request.ts';
