import { Conflict, invalidField, NotFound } from '../../model/errors.ts';
import type { StatusReason } from '../../model/messages/status-reason.ts';
import { cleanComment } from '../../model/response.ts';
import { isPoint, scaleFor } from '../../model/scale.ts';
import { noteChange } from '../../platform/audit/queries.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { type CrmFieldsChange, lockContact, refreshCrmFields } from '../contacts/index.ts';
import { findInvitation, updateInvitation } from '../invitations/index.ts';
import { markTicketLater } from '../tickets/index.ts';
import type { ResponsesContext } from './context.ts';
import { countConfirmed } from './count-confirmed.ts';
import { lockInvitationWithContact } from './lock.ts';
import { findResponseById, type ResponseRow, updateResponse } from './queries/responses.ts';
import { readComment } from './read-comment.ts';

/** @param actor the id of the user or key who does it, for the audit */
type OfResponse = { workspaceId: string; id: string; actor: string };

const longestReason = 500;

/**
 * Takes an answer off the record, whatever became of it before: the contact's score, their records and the ticket
 * follow.
 *
 * @throws NotFound, or RequestError when it is retracted already or no reason is given
 */
export async function retractResponse(
  context: ResponsesContext,
  of: OfResponse & { reason: string },
): Promise<ResponseRow> {
  const statusReason = readReason(of.reason);
  return change(context, of, 'retract', 'retracted', ({ status }) => {
    if (status === 'retracted') throw new Conflict({ code: 'already_retracted', params: {} });
    return { status: 'retracted', onRecord: false, statusReason };
  });
}

/**
 * Puts an answer on the record that is not there: because it was retracted, because it was taken for a machine's, or
 * because nobody could say that a person meant it. A test stays off the record.
 *
 * @throws NotFound, or RequestError when there is nothing to restore
 */
export function restoreResponse(context: ResponsesContext, of: OfResponse): Promise<ResponseRow> {
  return change(context, of, 'restore', 'corrected', ({ status, confirmedBy, test }) => {
    if (status === 'confirmed') throw new Conflict({ code: 'nothing_to_restore', params: {} });
    if (status === 'pending') {
      throw new Conflict({ code: 'still_judged', params: {} });
    }
    // What had confirmed it before it was retracted still does.
    const by = status === 'retracted' ? (confirmedBy ?? 'by_hand') : 'by_hand';
    return { status: 'confirmed', onRecord: !test, statusReason: null, confirmedBy: by };
  });
}

/**
 * Changes what an answer says, as when the contact has said so by another way. Its dates stay: they tell of the
 * contact's own acts.
 *
 * @param of.rating on the scale that they were asked with; left out, it stays
 * @param of.comment empty or null takes it away; left out, it stays
 * @throws NotFound, or RequestError naming the field
 */
export async function correctResponse(
  context: ResponsesContext,
  of: OfResponse & { rating?: number; comment?: string | null; reason: string },
): Promise<ResponseRow> {
  const statusReason = readReason(of.reason);
  const { rating } = of;
  const comment = of.comment === undefined ? undefined : readComment(of.comment ?? '');
  if (rating === undefined && comment === undefined) {
    throw invalidField('rating', { code: 'field.rating_or_comment', params: {} });
  }
  return change(context, of, 'correct', 'corrected', ({ metric, scale: highest, status }) => {
    const scale = scaleFor(metric, highest);
    if (rating !== undefined && !isPoint(scale, rating)) {
      throw invalidField('rating', { code: 'field.out_of_range', params: { min: scale.lowest, max: scale.highest } });
    }
    return {
      // Where it does not count, what stands there says why.
      ...(status === 'confirmed' ? { statusReason } : {}),
      ...(rating === undefined ? {} : { rating }),
      ...(comment === undefined ? {} : { comment }),
    };
  });
}

function readReason(typed: string): StatusReason {
  const text = cleanComment(typed);
  if (text !== null && text.length <= longestReason) return { code: 'typed', params: { text } };
  throw invalidField('reason', { code: 'field.reason', params: { max: longestReason } });
}

/** Changes an answer with its contact held, and lets whatever rests on it follow. */
async function change(
  { database, clock, metrics, wake }: ResponsesContext,
  { workspaceId, id, actor }: OfResponse,
  verb: 'retract' | 'restore' | 'correct',
  crmFieldsChange: CrmFieldsChange,
  decide: (response: ResponseRow) => Partial<ResponseRow>,
): Promise<ResponseRow> {
  const now = clock();
  const { response, outOfSync } = await database.transaction(async (tx) => {
    const { before, ticketId } = await lockResponse(tx, workspaceId, id);
    const changes = { ...decide(before), changedAt: now };
    await updateResponse(tx, id, changes);
    // Whoever answered is not reminded, even where it took somebody here to see it.
    if (changes.status === 'confirmed' && before.invitationId !== null) {
      await updateInvitation(tx, before.invitationId, { status: 'answered', dueAt: null });
    }
    const after = { ...before, ...changes };
    if (after.confirmedBy !== null && before.confirmedBy === null) countConfirmed({ metrics }, after);
    await noteChange(tx, {
      ...{ workspaceId, actor, action: `response.${verb}`, subject: id, at: now },
      detail: { from: before.status, to: after.status, changed: changedIn(before, after) },
    });
    // What was not on the record and is not now changes nothing that stands anywhere.
    if (!before.onRecord && !after.onRecord) return { response: after, outOfSync: [] };
    const outOfSync = await refreshCrmFields(tx, before, now, { change: crmFieldsChange });
    const marked = ticketId === undefined ? undefined : await markTicketLater(tx, ticketId, now);
    return { response: after, outOfSync: marked === undefined ? outOfSync : [...outOfSync, marked] };
  });
  for (const connectionId of new Set(outOfSync)) await wake('write', connectionId);
  return response;
}

async function lockResponse(
  tx: Queryable,
  workspaceId: string,
  id: string,
): Promise<{ before: ResponseRow; ticketId: string | undefined }> {
  const found = await findResponseById(tx, workspaceId, id);
  const invitation = found?.invitationId ? await findInvitation(tx, found.invitationId) : undefined;
  if (invitation) await lockInvitationWithContact(tx, invitation);
  else if (found) await lockContact(tx, found.contactId);
  const before = found && (await findResponseById(tx, workspaceId, id));
  if (!before) throw new NotFound('response');
  return { before, ticketId: invitation?.ticketId ?? undefined };
}

/** By name only: what it said is the contact's. */
function changedIn(before: ResponseRow, after: ResponseRow): string[] {
  return (['rating', 'comment'] as const).filter((field) => before[field] !== after[field]);
}
