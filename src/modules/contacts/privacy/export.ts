import { NotFound } from '../../../model/errors.ts';
import { createRender, type Render } from '../../../platform/messages/render.ts';
import type { ContactsContext } from '../context.ts';
import { findContact } from '../queries/contacts.ts';
import { readPersonalData } from '../queries/personal-data.ts';

/** Of each kind of thing; far more than anybody is asked in a lifetime. */
const most = 1000;

type PersonalData = Awaited<ReturnType<typeof readPersonalData>>;

/** Everything held on one contact, as whoever asks for it should be able to read it: plain words, ISO 8601 dates. */
export type PersonalDataExport = ReturnType<typeof describe>;

/**
 * Everything that we hold on a contact, for whoever asks what that is.
 *
 * @param of.contactId theirs, or that of somebody who turned out to be them
 * @param say how reasons are put in words
 * @throws NotFound
 */
export async function exportPersonalData(
  { database, clock }: ContactsContext,
  { workspaceId, contactId }: { workspaceId: string; contactId: string },
  say: Render = createRender(),
): Promise<PersonalDataExport> {
  const named = await findContact(database.db, contactId);
  const personalData = named && (await readPersonalData(database.db, named.mergedInto ?? named.id, most));
  const { contact } = personalData ?? {};
  if (!personalData || contact?.workspaceId !== workspaceId || contact.erasedAt) throw new NotFound('contact');
  return describe(personalData, contact, { now: clock(), say });
}

function describe(
  personalData: PersonalData,
  contact: NonNullable<PersonalData['contact']>,
  { now, say }: { now: Date; say: Render },
) {
  const said = ({ reason, reasonParams }: { reason: string; reasonParams: object }) => ({
    reason,
    message: say('decisions', { code: reason, params: reasonParams }),
  });
  return {
    exportedAt: now.toISOString(),
    contact: {
      id: contact.id,
      name: contact.name,
      formerNames: personalData.formerNames.flatMap(({ name }) => name ?? []),
      addresses: personalData.addresses.map(({ address }) => address),
      joinedByKeys: personalData.keys.map(({ value }) => value),
      company: contact.company,
      language: contact.language,
      timeZone: contact.timeZone,
      firstSeen: iso(contact.createdAt),
      lastAsked: iso(contact.lastAskedAt),
      unsubscribedFromAll: iso(contact.unsubscribedAt),
      unsubscribedFrom: personalData.unsubscriptions.map(({ survey, at }) => ({ survey, at: iso(at) })),
      notToBeSurveyed: contact.doNotSurvey,
      addressStates: personalData.addressStates.map(({ address, kind, reason, at }) => ({
        address,
        what: kind,
        reason,
        at: iso(at),
      })),
      oneOfOurOwnTryingItOut: contact.test,
    },
    crmFields: personalData.standing && {
      ...personalData.standing.values,
      changedAt: iso(personalData.standing.changedAt),
    },
    records: personalData.records.map(({ recordLink, connector, account }) => ({
      system: connector,
      account,
      record: recordLink.recordId,
      state: recordLink.state,
      notToBeSurveyed: recordLink.doNotSurvey,
      fieldsLastWritten: iso(recordLink.writtenAt),
      outcome: recordLink.outcome && say('writes', recordLink.outcome),
    })),
    answers: personalData.responses.map(({ response, survey, ticket }) => ({
      survey,
      ticket,
      metric: response.metric,
      rating: response.rating,
      highestRating: response.scale,
      comment: response.comment,
      status: response.status,
      statusReason: response.statusReason && say('evidence', response.statusReason),
      confirmedBy: response.confirmedBy,
      countsOnTheRecord: response.onRecord,
      mayBeContactedAboutIt: response.mayContact,
      language: response.language,
      channel: response.channel,
      answered: iso(response.answeredAt),
      rated: iso(response.ratedAt),
      changed: iso(response.changedAt),
    })),
    asked: personalData.invitations.map(({ invitation, survey, ticket, opened }) => ({
      survey,
      ticket,
      address: invitation.email,
      status: invitation.status,
      language: invitation.language,
      made: iso(invitation.createdAt),
      sent: iso(invitation.sentAt),
      due: iso(invitation.dueAt),
      waitingFor: invitation.waitingFor && say('decisions', invitation.waitingFor),
      expires: iso(invitation.expiresAt),
      remindersSent: invitation.remindersSent,
      endReason: invitation.endReason && say('decisions', invitation.endReason),
      opened: opened.map(({ kind, rating, visitor, network, scanner, at }) => ({
        what: kind,
        rating,
        browser: visitor,
        networkHash: network,
        scanner,
        at: iso(at),
      })),
    })),
    decisions: personalData.decisions.map(({ decision, survey, ticket, history }) => ({
      survey,
      ticket,
      verdict: decision.verdict,
      ...said(decision),
      notes: decision.notes.map((note) => say('decisions', note)),
      at: iso(decision.decidedAt),
      history: history.map((one) => ({ verdict: one.verdict, ...said(one), at: iso(one.at) })),
    })),
    surveyRequests: personalData.surveyRequests.map(({ surveyRequest, survey }) => ({
      survey,
      address: surveyRequest.email,
      by: surveyRequest.requestedBy,
      key: surveyRequest.key,
      at: iso(surveyRequest.createdAt),
    })),
    tickets: personalData.tickets.map(({ ticket, connector, resolutions }) => ({
      ticket: `${connector}:${ticket.externalId}`,
      state: ticket.state,
      refreshedAt: iso(ticket.refreshedAt),
      marked: ticket.markOutcome && say('writes', ticket.markOutcome),
      resolutions: resolutions.map(({ n, resolvedAt, agent, group, handler, brand, channel, tags, subject }) => ({
        ...{ n, at: iso(resolvedAt), agent, group, handler, brand, channel, tags, subject },
      })),
    })),
    events: personalData.events.map(({ event, connector }) => ({
      system: connector,
      what: event.kind,
      record: event.objectId,
      happened: iso(event.happenedAt),
      received: iso(event.receivedAt),
      outcome: event.outcome && say('events', event.outcome),
    })),
    /** What there is more of than fits here; the newest are in. */
    cutOff: (['responses', 'invitations', 'decisions', 'surveyRequests', 'tickets', 'events'] as const).filter(
      (kind) => personalData[kind].length === most,
    ),
  };
}

function iso<At extends Date | null>(at: At): At extends Date ? string : string | null {
  return (at?.toISOString() ?? null) as At extends Date ? string : string | null;
}
