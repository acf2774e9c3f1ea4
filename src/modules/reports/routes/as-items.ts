import type { Listed } from '../../../platform/database/page.ts';
import { asMessage, asReason } from '../../../platform/http/messages.ts';
import type { Render } from '../../../platform/messages/render.ts';
import type { listContacts } from '../../contacts/queries/list-contacts.ts';
import type { RecordLinkShown } from '../../contacts/queries/listed-records.ts';
import type { listDecisions } from '../../decisions/queries/list-decisions.ts';
import type { listEvents } from '../../events/queries/list-events.ts';
import type { listInvitations } from '../../invitations/queries/list-invitations.ts';
import type { listResponses } from '../../responses/queries/list-responses.ts';

type ItemOf<List extends (...given: never[]) => Promise<Listed<unknown>>> = Awaited<ReturnType<List>>['items'][number];

/** A decision as the API tells it. */
export function asDecision(row: ItemOf<typeof listDecisions>, say: Render) {
  const { reason, reasonParams, notes, history, ...others } = row;
  return {
    ...others,
    ...asReason({ reason, reasonParams }, say),
    notes: notes.map((note) => asMessage('decisions', note, say)),
    history: history.map(({ verdict, at, ...one }) => ({ verdict, at, ...asReason(one, say) })),
  };
}

/** An invitation as the API tells it. */
export function asInvitation({ waitingFor, endReason, ...row }: ItemOf<typeof listInvitations>, say: Render) {
  return {
    ...row,
    waitingFor: waitingFor && asMessage('decisions', waitingFor, say),
    endReason: endReason && asMessage('decisions', endReason, say),
  };
}

/** A contact as the API tells it. */
export function asContact({ records, ...row }: ItemOf<typeof listContacts>, say: Render) {
  return { ...row, records: records.map((record) => asRecord(record, say)) };
}

/** An answer as the API tells it. */
export function asResponse({ statusReason, ticketMark, records, ...row }: ItemOf<typeof listResponses>, say: Render) {
  return {
    ...row,
    statusReason: statusReason && asMessage('evidence', statusReason, say),
    ticketMark: ticketMark && asMessage('writes', ticketMark, say),
    records: records.map((record) => asRecord(record, say)),
  };
}

function asRecord({ outcome, ...record }: RecordLinkShown, say: Render) {
  return { ...record, outcome: outcome && asMessage('writes', outcome, say) };
}

/** An event of a connected system as the API tells it. */
export function asEvent({ outcome, ...row }: ItemOf<typeof listEvents>, say: Render) {
  return { ...row, outcome: outcome && asMessage('events', outcome, say) };
}

/** The same page with every item as it is told. */
export function mapItems<Row, Item>(page: Listed<Row>, told: (row: Row) => Item): Listed<Item> {
  return { ...page, items: page.items.map(told) };
}
