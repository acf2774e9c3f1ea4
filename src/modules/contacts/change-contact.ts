import { doNotSurveyKey } from '../../model/crm-field-definitions.ts';
import { UpstreamRefused } from '../../model/errors.ts';
import { createRender } from '../../platform/messages/render.ts';
import { updateRecordLinks } from '../records/index.ts';
import type { ContactsContext } from './context.ts';
import { findPerson, type PersonNamed } from './find-contact.ts';
import { type ContactRow, recordsAgainst, updateContact } from './queries/contacts.ts';

export type PersonChanges = Partial<Pick<ContactRow, 'test' | 'doNotSurvey' | 'language' | 'timeZone'>>;

/**
 * Changes what is known of a person here. Saying that they may be surveyed again takes the mark off all their records:
 * the one time that it is written there.
 *
 * @throws NotFound; UpstreamBusy or UpstreamRefused when a record could not be changed: say it again then
 */
export async function changePerson(
  context: ContactsContext,
  of: PersonNamed,
  changes: PersonChanges,
): Promise<ContactRow> {
  const person = await findPerson(context, of);
  if (changes.doNotSurvey === false) await unmarkRecords(context, person.id);
  if (Object.keys(changes).length > 0) await updateContact(context.database.db, person.id, changes);
  return findPerson(context, of);
}

async function unmarkRecords({ database, connections }: ContactsContext, contactId: string): Promise<void> {
  for (const { id, connectionId, externalId } of await recordsAgainst(database.db, contactId)) {
    const contacts = connections.find(connectionId)?.capabilities.contacts;
    if (contacts && externalId !== null) {
      const { outcomes } = await contacts.writeFields([{ id: externalId, values: { [doNotSurveyKey]: false } }]);
      const refused = outcomes.find(({ result }) => result === 'refused');
      if (refused && 'why' in refused) {
        const params = { record: externalId, field: doNotSurveyKey, said: createRender()('writes', refused.why) };
        throw new UpstreamRefused({ code: 'upstream.mark_stands', params }, { concerns: 'request' });
      }
    }
    await updateRecordLinks(database.db, [id], { doNotSurvey: false });
  }
}
