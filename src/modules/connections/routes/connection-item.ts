import { z } from 'zod';
import { fieldNames, fieldProfile } from '../../../model/account-fields.ts';
import type { CheckAbout } from '../../../model/messages/check-line.ts';
import type { Message } from '../../../model/messages/message.ts';
import { asMessage, messageShape } from '../../../platform/http/messages.ts';
import { id, utcTimestamp } from '../../../platform/http/shapes.ts';
import type { Render } from '../../../platform/messages/render.ts';
import type { ConnectionsContext } from '../context.ts';
import { describeHealth } from '../health.ts';
import { guideFor } from '../keys.ts';
import { chooseProfile, missingFields } from '../missing-fields.ts';
import type { Backlog, ConnectionRow } from '../queries/connections.ts';
import { statusInLabels } from '../setting-labels.ts';
import { type ShownFinding, shown } from '../shown-findings.ts';

const plain = z.enum([
  'credentials',
  'account',
  'webhook',
  'fields',
  'ticket_fields',
  'clock',
  'last_event',
  'backlog',
  'failed_records',
  'asking',
  'writing',
  'rate_limit',
]);

/** What a finding is about, and the same as a title for people. */
export const aboutShape = {
  about: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('field'), field: z.string().describe('Key of the field.') }),
    z.strictObject({
      kind: z.literal('right'),
      right: z.string().describe('Name of the permission in the vendor’s system.'),
    }),
    z.strictObject({ kind: plain }),
  ]),
  title: z.string().describe('Title of the finding, in the caller’s language.'),
};

export function describeAbout(about: CheckAbout, say: Render): { about: CheckAbout; title: string } {
  return { about, title: say('findings', { code: 'about', params: about }) };
}

export const switches = z.strictObject({
  surveysPaused: z.boolean(),
  writeBackPaused: z.boolean(),
  surveysEnabled: z.boolean().describe('Whether surveys are sent for its tickets.'),
  writeBackEnabled: z.boolean().describe('Whether CRM fields are written to this account.'),
  createContacts: z.boolean().describe('Whether to create contacts that do not exist in this account.'),
  tagTickets: z.boolean().describe('Whether to tag the ticket with the answer.'),
  addTicketNotes: z.boolean().describe('Whether to add an internal note with the answer to the ticket.'),
});

export const quotaShare = z
  .int()
  .min(5)
  .max(100)
  .describe('How much of the vendor’s rate limit to use, in percent. The rest is left to other integrations.');

export const connectionName = z.string().trim().min(1).max(100).describe('Display name.');

export const findingItem = z
  .strictObject({
    ...aboutShape,
    state: z.enum(['fine', 'created', 'repaired', 'missing', 'blocked', 'removed']),
    severity: z.enum(['fine', 'note', 'attention']),
    ...messageShape.shape,
    repairable: z.boolean().describe('Whether POST …/repair fixes it.'),
  })
  .meta({ id: 'Finding' });

const aspect = z.strictObject({
  state: z.enum(['fine', 'note', 'attention', 'unknown']),
  detail: messageShape.nullable(),
});

const health = z.strictObject({
  credentials: aspect,
  webhook: aspect,
  checkedAt: utcTimestamp.nullable(),
  lastEventAt: utcTimestamp.nullable(),
  lastPolledAt: utcTimestamp.nullable(),
  rateLimit: z.strictObject({
    callsLeft: z
      .int()
      .nullable()
      .describe('Calls that all programs have left in the vendor’s current window, as last reported.'),
    share: quotaShare,
    ours: z
      .strictObject({
        calls: z.int().describe('Calls that the share allows in a window.'),
        used: z.int().describe('How many of them are used now.'),
        windowSeconds: z.number(),
      })
      .nullable()
      .describe('Our part of the rate limit. Null while the connection is closed.'),
    waitingUntil: utcTimestamp.nullable().describe('No calls are made before this timestamp.'),
    day: z
      .strictObject({
        callsLeft: z.int(),
        calls: z.int().nullable(),
        startsAnewAt: utcTimestamp.nullable(),
      })
      .nullable()
      .describe('The account’s daily limit, if the vendor reports one.'),
  }),
  clockDifference: z
    .int()
    .nullable()
    .describe('How far the vendor’s clock is ahead of this server’s, in milliseconds.'),
  stoppedAt: utcTimestamp.nullable(),
  stoppedReason: messageShape.nullable(),
});

export const connectionItem = z
  .strictObject({
    id,
    name: z.string().nullable(),
    connector: z.string(),
    title: z.string().describe('Name of the connector.'),
    account: z.string().nullable(),
    status: z.enum(['new', 'ready', 'unauthorized', 'disconnected']),
    statusDetail: messageShape.nullable().describe('If the status is unauthorized: what happened and what to do.'),
    origin: z.string().describe('Source of the credentials: environment, sandbox, authorization or console.'),
    open: z.boolean().describe('Whether the connection is open. It stays closed if its settings are missing.'),
    timeZone: z.string().nullable(),
    activeSince: utcTimestamp.describe('Tickets resolved before this timestamp are never surveyed.'),
    polledUntil: utcTimestamp,
    lastEventAt: utcTimestamp.nullable(),
    ...switches.shape,
    quotaShare,
    fieldNames,
    fieldProfile: fieldProfile.describe('Field profile in use: the chosen one, or what the plan has room for.'),
    fieldProfileChosen: z.boolean().describe('Whether the field profile was chosen by a user.'),
    missingFields: z
      .array(z.string())
      .describe('Keys of fields that do not exist in the account. They are not written.'),
    canRemoveFields: z.boolean().describe('Whether the fields can be removed when the connection is disconnected.'),
    clearingSince: utcTimestamp
      .nullable()
      .describe('Since when its records are being cleared. The connection is disconnected when that is done.'),
    backlog: z.strictObject({ pendingEvents: z.int(), recordsPending: z.int(), recordsFailed: z.int() }),
    findings: z.array(findingItem),
    health,
    waitingUntil: utcTimestamp.nullable(),
    callsLeft: z.int().nullable(),
  })
  .meta({ id: 'Connection' });

const nothingWaits: Backlog = { pendingEvents: 0, recordsPending: 0, recordsFailed: 0 };

export function describeConnection(
  { connections, offers }: ConnectionsContext,
  row: ConnectionRow,
  say: Render,
  backlog: Backlog = nothingWaits,
) {
  const live = connections.find(row.id);
  const rateLimiter = live?.rateLimiter.state();
  const connector = live?.connector ?? offers.find((offer) => offer.connector.name === row.connector)?.connector;
  const guide = guideFor(offers, row);
  const findings = row.findings.map((finding) => shown(finding, guide));
  const why = statusInLabels(offers, row);
  const statusDetail = why && asMessage('failures', why, say);
  const { credentials, webhook, stoppedAt, ...known } = describeHealth(row, findings, live);
  return {
    id: row.id,
    name: row.name,
    connector: row.connector,
    title: connector?.title ?? row.connector,
    account: row.account,
    status: row.status,
    statusDetail,
    origin: row.origin,
    open: live !== undefined,
    timeZone: row.timeZone,
    activeSince: row.activeSince,
    polledUntil: row.polledUntil,
    lastEventAt: row.lastEventAt,
    surveysEnabled: row.surveysEnabled,
    writeBackEnabled: row.writeBackEnabled,
    createContacts: row.createContacts,
    tagTickets: row.tagTickets,
    addTicketNotes: row.addTicketNotes,
    quotaShare: row.quotaShare,
    surveysPaused: row.surveysPausedAt !== null,
    writeBackPaused: row.writeBackPausedAt !== null,
    fieldNames: row.fieldNames,
    fieldProfile: chooseProfile(row.fieldProfile, row.findings),
    fieldProfileChosen: row.fieldProfile !== null,
    missingFields: [...missingFields(row.findings)],
    canRemoveFields: live?.capabilities.provisioning?.remove !== undefined,
    clearingSince: row.clearingSince,
    backlog,
    findings: findings.map((finding) => describeFinding(finding, say)),
    health: {
      ...known,
      credentials:
        row.status === 'unauthorized'
          ? { state: 'attention' as const, detail: statusDetail }
          : aspectOf(credentials, say),
      webhook: aspectOf(webhook, say),
      stoppedAt,
      stoppedReason: row.status === 'unauthorized' ? statusDetail : null,
    },
    waitingUntil: rateLimiter?.waitingUntil ?? null,
    callsLeft: rateLimiter?.remaining ?? null,
  };
}

/** A finding as the API tells it. */
export function describeFinding({ about, state, severity, code, params, repairable }: ShownFinding, say: Render) {
  return {
    ...{ ...describeAbout(about, say), state, severity, repairable },
    ...asMessage('findings', { code, params } as Message, say),
  };
}

function aspectOf(finding: ShownFinding | undefined, say: Render) {
  if (!finding) return { state: 'unknown' as const, detail: null };
  const { severity, code, params } = finding;
  return {
    state: severity,
    detail: severity === 'fine' ? null : asMessage('findings', { code, params } as Message, say),
  };
}
