import type { AudienceSource, Connector, ConnectorEvent, FieldsWrite, WebhookRequest } from '../../src/connector.ts';
import type { RecordField } from '../../src/model/crm-field-definitions.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import type { Answer, HttpMock, RecordedRequest } from '../http-mock.ts';
import type { FactsHarness } from './facts-harness.ts';
import type { PanelHarness } from './panel.ts';
import type { Simulated } from './simulated.ts';

/**
 * What a connector brings to be asked by the contract suite: itself, and its vendor's side of each conversation in the
 * vendor's own shapes. A harness lives in its connector's `fixtures/` and is registered in one line of its test:
 * `describeConnector(harness)`.
 *
 * A section is given exactly when the connector has the capability. Everything that arranges answers does it with
 * `vendor.at(origin)`; a mock that goes unused fails the test unless it is marked `.optionally()`.
 */
export type ConnectorHarness<Settings = unknown> = {
  connector: Connector<Settings>;
  /** Where the vendor answers with these settings, without a path, e.g. `https://api.hubapi.com`. */
  origin: string;
  /** The environment keys of a complete connection. */
  environment: Readonly<Record<string, string>>;
  /** Environments that lack one key of a pair, with the key that the problem has to name. */
  incomplete: readonly { environment: Readonly<Record<string, string>>; missing: string }[];
  /** What must never appear in an error or a log line: secret settings, tokens and all forms they travel in. */
  secrets: readonly string[];
  /** What stands in the credential slot beforehand, e.g. a token, so that no call has to fetch one first. */
  credentials?: Readonly<Record<string, string>>;
  failures: VendorFailures;
  webhooks?: WebhooksHarness;
  tickets?: TicketsHarness;
  contacts?: ContactsHarness;
  provisioning?: ProvisioningHarness;
  audience?: AudienceHarness;
  panel?: PanelHarness;
  /** Given exactly when the connector has a simulator. */
  facts?: FactsHarness;
  /**
   * What it can do of that which a section may leave out. Said here as well as by its keys, because a key that was lost
   * by mistake would simply not be asked about.
   */
  also: readonly OptionalAbility[];
};

export type OptionalAbility =
  | 'authorization'
  | 'tickets.mark'
  | 'contacts.create'
  | 'contacts.finishWrite'
  | 'provisioning.remove';

/** How this vendor fails, whatever was called. The suite answers every call with one of them. */
export type VendorFailures = {
  /** Over the limit; try again after so many seconds. */
  throttled(seconds: number): Answer;
  /** The credentials are wrong or revoked. */
  unauthorized: Answer;
  /** The credentials are good, and not for this: a missing scope or right, concerning the whole connection. */
  forbidden: Answer;
  /** The vendor's server failed (5xx), in the vendor's own words. */
  broken: Answer;
  /** What was asked for does not exist. */
  missing: Answer;
  /** What was sent is not valid. The vendor is so kind as to quote `echo`, which a person wrote, in its message. */
  invalid(echo: string): Answer;
};

export type WebhooksHarness = {
  /** A secret as the connection would return it from `webhookSecrets`. */
  secret: string;
  /** Another one that proves nothing here. */
  otherSecret: string;
  /** A delivery of this body as the vendor would send it at this moment. */
  deliver(body: Buffer, secret: string, at: Date): WebhookRequest;
  /** Headers without any one of which a delivery proves nothing. */
  proofHeaders: readonly string[];
  /** Milliseconds that a delivery stays fresh, on either side. Absent where the proof carries no time. */
  window?: number;
  bodies: {
    /** A ticket has changed, and what `read` has to make of it. */
    changed: { body: Buffer; events: readonly Partial<ConnectorEvent>[] };
    /** The same event as `changed`, as a later attempt to deliver it looks. */
    changedAgain: Buffer;
    /** Another event of the same kind about the same ticket. */
    changedLater: Buffer;
    /** Only event types that do not concern us. */
    irrelevant: Buffer;
  };
};

export type TicketsHarness = {
  /** Arranges for one `find` of an open ticket; returns what it has to show, requester and agent included. */
  open(vendor: HttpMock): ExpectedTicket;
  /** Likewise of a resolved ticket; `resolvedAt` too where the vendor tells it. */
  resolved(vendor: HttpMock): ExpectedTicket;
  /** Arranges for one `find` of a ticket that does not exist; returns its id. */
  unknown(vendor: HttpMock): string;
  /**
   * Arranges for one `find` of three tickets, in this order: a resolved one as `resolved` shows it, one that lost a
   * merge where the vendor merges tickets, and one that does not exist.
   */
  several(vendor: HttpMock): { resolved: ExpectedTicket; merged?: string; unknown: string };
  /**
   * Arranges for `changedSince(since)` and for going on with its cursor: two pages, then no more.
   *
   * @returns the ids of each page
   */
  twoPages(vendor: HttpMock, since: Date): readonly [readonly string[], readonly string[]];
};

export type ExpectedTicket = Partial<TicketSnapshot> & Required<Pick<TicketSnapshot, 'id' | 'state' | 'requester'>>;

/** A contact as the vendor knows them. */
export type VendorContact = { id: string; email: string; name: string };

/** What becomes of one write, as the vendor reports it. */
export type WriteFate = { id: string; fate: 'written' | 'gone' | 'refused' };

export type ContactsHarness = {
  /** An id that could be the vendor's; different for each number from 1 to 1000. */
  recordId(number: number): string;
  /** Arranges for one `find` by these ids or addresses while `records` are all that the vendor knows. */
  find(
    vendor: HttpMock,
    by: { ids: readonly string[] } | { emails: readonly string[] },
    records: readonly VendorContact[],
  ): void;
  /**
   * Arranges for one `writeFields` to exactly these records, and for `finishWrite` where the vendor takes its time.
   * Where the connector may choose between two ways of writing, both have to be open.
   * Where the vendor puts the blame into words, `echo`, which a person wrote, is quoted in them.
   */
  write(vendor: HttpMock, fates: readonly WriteFate[], echo: string): void;
  /** What the vendor was told to write: one entry a record and request, values as they went over the wire. */
  received(requests: readonly RecordedRequest[]): readonly ReceivedWrite[];
  /**
   * Arranges for one `readFields` of these ids while these records, as `received` gave them, are all that the vendor
   * keeps; they are given back the way this vendor gives values back.
   */
  read(vendor: HttpMock, ids: readonly string[], saved: readonly ReceivedWrite[]): void;
};

export type ReceivedWrite = { id: FieldsWrite['id']; values: Readonly<Record<string, unknown>> };

export type ProvisioningHarness = {
  /** Whether the vendor lets webhooks be registered by API. */
  registersWebhooks: boolean;
  /**
   * Arranges an account in this state, for any number of `check` or `ensure`: every look is answered, every creation
   * and change accepted. Nothing in it may be an error of the vendor's.
   */
  account(vendor: HttpMock, state: AccountState): void;
  /** The creations and changes among these requests. */
  changes(requests: readonly RecordedRequest[]): readonly AccountChange[];
};

export type AccountState = {
  fields: readonly ExistingField[];
  /** Whether our webhook stands, to `webhookUrl` and as we would make it; of no effect where the vendor has no API. */
  webhook: 'absent' | 'present';
  webhookUrl: string;
};

export type ExistingField = {
  field: RecordField;
  /**
   * In what it differs from what we would make: `label`, an admin has renamed it to "Renamed"; `type`, it is of another
   * one; `options`, its last option is missing and an admin has added one, "Extra" of value `extra`.
   */
  differsIn?: 'label' | 'type' | 'options';
};

export type AccountChange =
  | { what: 'created field'; key: string }
  | { what: 'changed field'; key: string; attributes: readonly string[] }
  /** Where a vendor takes a whole list, `replaced` is that list; where it takes one more option, `added` is that one. */
  | { what: 'changed options'; key: string; replaced?: readonly string[]; added?: string }
  | { what: 'created webhook' }
  | { what: 'changed webhook' }
  /** Groups and the like, which the suite has no questions about. */
  | { what: 'other' };

export type AudienceHarness = {
  /**
   * Arranges in the simulator for a source of this kind that holds these contacts, and whoever else was made today.
   * Whoever was made earlier and not touched since is not in it.
   */
  arrange(
    simulated: Pick<Simulated, 'simulator' | 'clock'>,
    kind: AudienceSource['kind'],
    recordIds: readonly string[],
  ): AudienceSource;
};
