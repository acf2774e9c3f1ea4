import { z } from 'zod';
import { NotFound } from '../../model/errors.ts';
import { type EventStreams, eventStreamType } from '../../platform/http/event-stream.ts';
import { asMessage, asReason, messageShape, reasonParams, renderFor } from '../../platform/http/messages.ts';
import { type Route, type RouteInput, route, streamingRoute } from '../../platform/http/route.ts';
import { byId, utcTimestamp } from '../../platform/http/shapes.ts';
import type { Render } from '../../platform/messages/render.ts';
import { reasonShape, verdictShape } from '../decisions/index.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { listEditedSurveys, surveyKey } from '../surveys/index.ts';
import { beginDryRun, cancelDryRun } from './begin.ts';
import { type DryRunRow, findDryRun, listDryRuns } from './queries.ts';

/** What came out, told with these fields of each reason. */
const findingsWith = <Told extends z.core.$ZodLooseShape>(told: Told) =>
  z.strictObject({
    resolutions: z.int().describe('Tickets resolved in the period.'),
    asked: z.int(),
    skipped: z.int(),
    reasons: z
      .array(z.strictObject({ ...told, count: z.int() }))
      .describe('Reasons for skipping, most frequent first, each with the parameters of one example.'),
    days: z
      .array(z.strictObject({ day: z.string(), emails: z.int() }))
      .describe('Emails per day, in the workspace’s time zone.'),
    busiestDay: z.int(),
    deferredByCap: z.int().describe('Emails that the daily cap would have deferred to another day.'),
    examples: z
      .array(
        z.strictObject({
          connector: z.string(),
          ticket: z.string(),
          resolvedAt: z.string(),
          verdict: verdictShape,
          ...told,
          dueAt: z.string().optional(),
        }),
      )
      .describe('Example tickets for each reason, newest first.'),
    read: z.int().describe('Number of tickets read so far.'),
    found: z.int(),
    cutShort: z.boolean().describe('Whether there were more tickets than a dry run reads.'),
  });

const findings = findingsWith(reasonShape);

const savedReason = z.object({ code: z.string(), params: reasonParams });

/** As the run saves them. */
const saved = findingsWith({ reason: savedReason });

export const dryRunItem = z
  .strictObject({
    id: z.uuid(),
    survey: z.string(),
    status: z.enum(['running', 'finished', 'failed', 'cancelled']),
    why: messageShape.nullable().describe('Why the dry run failed.'),
    since: utcTimestamp,
    createdAt: utcTimestamp,
    endedAt: utcTimestamp.nullable(),
    findings: findings.nullable().describe('Results so far. Null before the first ticket.'),
  })
  .meta({ id: 'DryRun' });

const byKey = z.strictObject({ key: surveyKey });

const about = 'Surveys';

/** Whom a survey would have asked: begun here, worked on in the background, and looked at until it is done. */
export function dryRunRoutes(context: InvitationsContext, events: EventStreams): readonly Route[] {
  const { db } = context.database;
  return [
    route({
      method: 'post',
      path: '/surveys/:key/dry-runs',
      about,
      summary: 'Starts a dry run: finds whom the survey would have asked in the past days. Sends nothing.',
      scope: 'surveys:write',
      params: byKey,
      body: z.strictObject({ days: z.int().min(1).max(30).default(30).describe('Number of days to look back.') }),
      status: 202,
      answer: dryRunItem,
      does: 'dryrun.begin',
      respond: async ({ params: { key }, body: { days }, ...sent }) => {
        const run = await beginDryRun(context, { workspaceId: sent.caller.workspaceId, surveyKey: key, days });
        return describe(key, run, await renderFor(context, sent));
      },
    }),
    route({
      method: 'get',
      path: '/surveys/:key/dry-runs',
      about,
      summary: 'Lists the latest dry runs of a survey, newest first.',
      scope: 'read',
      params: byKey,
      answer: z.strictObject({ items: z.array(dryRunItem), next: z.null() }),
      respond: async ({ params: { key }, ...sent }) => {
        const [edited] = await listEditedSurveys(db, sent.caller.workspaceId, key);
        if (!edited) throw new NotFound('survey');
        const found = await listDryRuns(db, edited.row.id, 20);
        const say = await renderFor(context, sent);
        return { items: found.map((run) => describe(key, run, say)), next: null };
      },
    }),
    route({
      method: 'get',
      path: '/dry-runs/:id',
      about,
      summary: 'Gets a dry run with its progress and results so far.',
      scope: 'read',
      params: byId,
      answer: dryRunItem,
      respond: ({ params: { id }, ...sent }) => show(context, sent, id),
    }),
    streamingRoute({
      path: '/dry-runs/:id/events',
      about,
      summary: 'Streams the progress as server-sent events: "progress" for each change, "end" for the last.',
      scope: 'read',
      params: byId,
      streams: eventStreamType,
      respond: ({ params: { id }, ...listener }) =>
        events.stream(`${listener.caller.workspaceId} dry run ${id} ${listener.language}`, listener, async () => {
          const shown = await show(context, listener, id);
          return { shown, over: shown.status !== 'running' };
        }),
    }),
    route({
      method: 'delete',
      path: '/dry-runs/:id',
      about,
      summary: 'Cancels a dry run. Results so far are kept.',
      scope: 'surveys:write',
      params: byId,
      answer: dryRunItem,
      does: 'dryrun.cancel',
      respond: async ({ params: { id }, ...sent }) => {
        await cancelDryRun(context, { workspaceId: sent.caller.workspaceId, id });
        return show(context, sent, id);
      },
    }),
  ];
}

type Listener = Pick<RouteInput, 'caller' | 'language'>;

async function show(context: InvitationsContext, sent: Listener, id: string): Promise<z.output<typeof dryRunItem>> {
  const found = await findDryRun(context.database.db, id);
  if (found?.run.workspaceId !== sent.caller.workspaceId) throw new NotFound('dry_run');
  return describe(found.survey.key, found.run, await renderFor(context, sent));
}

function inWords(run: DryRunRow, say: Render): z.output<typeof findings> {
  const { reasons, examples, ...counted } = saved.parse(run.findings);
  const told = <Reasoned extends { reason: z.output<typeof savedReason> }>({ reason: of, ...others }: Reasoned) => ({
    ...others,
    ...asReason({ reason: of.code, reasonParams: of.params }, say),
  });
  return { ...counted, reasons: reasons.map(told), examples: examples.map(told) };
}

function describe(survey: string, run: DryRunRow, say: Render): z.output<typeof dryRunItem> {
  const { id, status, since, createdAt, endedAt } = run;
  const shown = Object.keys(run.findings).length === 0 ? null : inWords(run, say);
  const timestamps = { since: since.toISOString(), createdAt: createdAt.toISOString() };
  const why = run.why && asMessage('failures', run.why, say);
  return { id, survey, status, why, ...timestamps, endedAt: endedAt?.toISOString() ?? null, findings: shown };
}
