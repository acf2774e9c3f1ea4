import { doNotSurveyKey } from '../../model/crm-field-definitions.ts';
import { UpstreamRefused } from '../../model/errors.ts';
import { createRender } from '../../platform/messages/render.ts';
import { updateRecordLinks } from '../records/index.ts';
import type { ContactsContext } from './context.ts';
import { type ContactReference, findReferencedContact } from './find-contact.ts';
import { type ContactRow, recordsAgainst, updateContact } from './queries/contacts.ts';

export type ContactChanges = Partial<Pick<ContactRow, 'test' | 'doNotSurvey' | 'language' | 'timeZone'>>;

/**
 * Changes what is known of a contact here. Saying that they may be surveyed again takes the mark off all their records:
 * the one time that it is written there.
 *
 * @throws NotFound; UpstreamBusy or UpstreamRefused when a record could not be changed: say it again then
 */
export async function changeContact(
  context: ContactsContext,
  of: ContactReference,
  changes: ContactChanges,
): Promise<ContactRow> {
  const contact = await findReferencedContact(context, of);
  if (changes.doNotSurvey === false) await unmarkRecords(context, contact.id);
  if (Object.keys(changes).length > 0) await updateContact(context.database.db, contact.id, changes);
  return findReferencedContact(context, of);
}

async function unmarkRecords({ database, connections }: ContactsContext, contactId: string): Promise<void> {
  for (const { id, connectionId, recordId } of await recordsAgainst(database.db, contactId)) {
    const contacts = connections.find(connectionId)?.capabilities.contacts;
    if (contacts && recordId !== null) {
      const { outcomes } = await contacts.writeFields([{ id: recordId, values: { [doNotSurveyKey]: false } }]);
      const refused = outcomes.find(({ result }) => result === 'refused');
      if (refused && 'why' in refused) {
        const params = { record: recordId, field: doNotSurveyKey, said: createRender()('writes', refused.why) };
        throw new UpstreamRefused({ code: 'upstream.mark_stands', params }, { concerns: 'request' });
      }
    }
    await updateRecordLinks(database.db, [id], { doNotSurvey: false });
  }
}
