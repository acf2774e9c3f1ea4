import { z } from 'zod';
import { fieldNames, fieldProfile } from '../../../model/account-fields.ts';
import type { CheckAbout } from '../../../model/messages/check-line.ts';
import type { Message } from '../../../model/messages/message.ts';
import { asMessage, messageShape } from '../../../platform/http/messages.ts';
import { id, utcTimestamp } from '../../../platform/http/shapes.ts';
import type { Render } from '../../../platform/messages/render.ts';
import type { ConnectionsContext } from '../context.ts';
import { healthOf } from '../health.ts';
import { guideOf } from '../keys.ts';
import { missingFields, profileOf } from '../missing-fields.ts';
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
    z.strictObject({ kind: z.literal('field'), field: z.string().describe('Our key of it.') }),
    z.strictObject({ kind: z.literal('right'), right: z.string().describe('As the account’s system calls it.') }),
    z.strictObject({ kind: plain }),
  ]),
  title: z.string().describe('What it is about, in the caller’s language.'),
};

export function describeAbout(about: CheckAbout, say: Render): { about: CheckAbout; title: string } {
  return { about, title: say('findings', { code: 'about', params: about }) };
}

export const switches = z.strictObject({
  surveysPaused: z.boolean(),
  writeBackPaused: z.boolean(),
  surveysEnabled: z.boolean().describe('Whether its tickets are asked about.'),
  writeBackEnabled: z.boolean().describe('Whether scores are written there.'),
  createContacts: z.boolean().describe('Whether contacts it does not know are created there.'),
  tagTickets: z.boolean().describe('Whether an answer is marked on its ticket.'),
  addTicketNotes: z.boolean().describe('Whether with an internal note.'),
});

export const connectionName = z.string().trim().min(1).max(100).describe('What people here call it.');

export const findingItem = z
  .strictObject({
    ...aboutShape,
    state: z.enum(['fine', 'created', 'repaired', 'missing', 'blocked', 'removed']),
    severity: z.enum(['fine', 'note', 'attention']),
    ...messageShape.shape,
    repairable: z.boolean().describe('Whether POST …/repair mends it.'),
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
    callsLeft: z.int().nullable().describe('In the vendor’s current window, as it last said.'),
    waitingUntil: utcTimestamp.nullable().describe('The vendor wants us to wait until then.'),
    day: z
      .strictObject({
        callsLeft: z.int(),
        calls: z.int().nullable(),
        startsAnewAt: utcTimestamp.nullable(),
      })
      .nullable()
      .describe('Of the account’s day, where the vendor counts it.'),
  }),
  clockDifference: z.int().nullable().describe('How far the vendor’s clock is ahead of ours, in milliseconds.'),
  stoppedAt: utcTimestamp.nullable(),
  stoppedReason: messageShape.nullable(),
});

export const connectionItem = z
  .strictObject({
    id,
    name: z.string().nullable(),
    connector: z.string(),
    title: z.string().describe('The connector’s name as people write it.'),
    account: z.string().nullable(),
    status: z.enum(['new', 'ready', 'unauthorized', 'disconnected']),
    statusDetail: messageShape.nullable().describe('For refused: what happened and what to do.'),
    origin: z.string().describe('Where its credentials come from: environment, sandbox, authorization or console.'),
    open: z.boolean().describe('Whether it works: one whose settings are gone stays closed.'),
    timeZone: z.string().nullable(),
    activeSince: utcTimestamp.describe('Tickets resolved before this are never asked about.'),
    polledUntil: utcTimestamp,
    lastEventAt: utcTimestamp.nullable(),
    ...switches.shape,
    fieldNames,
    fieldProfile: fieldProfile.describe('Which fields it gets: as it was chosen, or as its plan has room.'),
    fieldProfileChosen: z.boolean().describe('Whether somebody chose it.'),
    missingFields: z.array(z.string()).describe('Keys of fields that are not there, so that nothing is written there.'),
    canRemoveFields: z.boolean().describe('Whether ending it may take the fields away.'),
    clearingSince: utcTimestamp.nullable().describe('It ends by itself once our values are out of its records.'),
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
  const guide = guideOf(offers, row);
  const findings = row.findings.map((finding) => shown(finding, guide));
  const why = statusInLabels(offers, row);
  const statusDetail = why && asMessage('failures', why, say);
  const { credentials, webhook, stoppedAt, ...known } = healthOf(row, findings, rateLimiter);
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
    surveysPaused: row.surveysPausedAt !== null,
    writeBackPaused: row.writeBackPausedAt !== null,
    fieldNames: row.fieldNames,
    fieldProfile: profileOf(row.fieldProfile, row.findings),
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
