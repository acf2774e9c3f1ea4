import { randomUUID } from 'node:crypto';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { joinContacts } from '../../src/modules/contacts/join.ts';
import { addAddressState } from '../../src/modules/contacts/queries/address-states.ts';
import { findContactByEmail, updateContact } from '../../src/modules/contacts/queries/contacts.ts';
import { contactKey, unsubscription } from '../../src/modules/contacts/tables.ts';
import { surveyRequest } from '../../src/modules/decisions/tables.ts';
import { dryRun } from '../../src/modules/dry-run/tables.ts';
import { saveReceivedEvents } from '../../src/modules/events/queries/events.ts';
import { retractResponse } from '../../src/modules/responses/correct.ts';
import { recordOpening } from '../../src/modules/responses/record-intent.ts';
import { unsubscribe } from '../../src/modules/responses/unsubscribe.ts';
import { listSurveys } from '../../src/modules/surveys/queries/surveys.ts';
import { answerPlace } from '../../src/platform/idempotency/queries.ts';
import { idempotency } from '../../src/platform/idempotency/tables.ts';
import { vendorSays } from '../vendor-says.ts';
import { day, type World } from './world.ts';

/** What is theirs alone: none of it may be found anywhere once they are gone. */
export const theirs = {
  addresses: ['zebedee@unmistakable.example', 'z.private@unmistakable.example'],
  names: ['Zebedee', 'Unmistakable'],
  comments: ['Whispered words', 'Murmured words', 'on the telephone'],
  records: ['record-4242', 'record-4243', 'record-4244'],
};

export const everyWord: readonly string[] = Object.values(theirs).flat();

/**
 * Somebody whom two systems know, one of them twice, who has been through everything: asked, reminded of, opened,
 * answered, changed their mind, was retracted, unsubscribed, joined with their other self, wanted by a caller of the API;
 * with a write that was tried again, an email that waits and events that are not looked at yet.
 *
 * @returns their id
 */
export async function fillWithContact(world: World): Promise<string> {
  const { workspaceId, vendor, vendors } = world;
  const [address = '', otherAddress = ''] = theirs.addresses;
  const [recordId = '', elsewhereId = '', otherId = ''] = theirs.records;
  const name = theirs.names.join(' ');
  const verified = (of: string) => [{ address: of, verified: true }];
  const requester = vendor.addContact({ id: recordId, name, email: address, emails: verified(address) });
  vendors[1]?.addContact({ id: elsewhereId, name, email: address, emails: verified(address) });
  const other = vendor.addContact({ id: otherId, name, email: otherAddress, emails: verified(otherAddress) });

  const first = await world.asked({ requester, subject: `${name} and the lamp` });
  await recordOpening(world.context, await world.invited(first.sentEmail), '9');
  vendor.writing.push(() => {
    throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true, outcome: 'unknown' });
  });
  await world.answer(first.sentEmail, 9, theirs.comments[0]);
  await world.pass(day);
  const second = await world.asked({ requester: other });
  const { id } = await world.answer(second.sentEmail, 2, theirs.comments[1]);
  await world.runDue();
  await retractResponse(world.context, { workspaceId, id, actor: 'key-1', reason: `Said so ${theirs.comments[2]}.` });
  await world.runDue();

  const { db } = world.database;
  const loser = (await findContactByEmail(db, workspaceId, otherAddress)) ?? '';
  const contactId = (await findContactByEmail(db, workspaceId, address)) ?? '';
  await joinContacts(world.context, { workspaceId, loser, winner: contactId });
  await world.pass(day);
  await world.resolvedTicket({ requester });
  await world.work('poll', world.connectionId());
  await unsubscribe(world.context, await world.invited(first.sentEmail));
  await world.runDue();
  await leaveElsewhere(world, contactId);
  return contactId;
}

/** What other rooms keep of them. */
async function leaveElsewhere(world: World, contactId: string): Promise<void> {
  const { database, workspaceId } = world;
  const { db } = database;
  const now = world.clock();
  const [address = ''] = theirs.addresses;
  const [recordId = ''] = theirs.records;
  const [known] = await listSurveys(db, workspaceId);
  const of = { workspaceId, contactId, surveyId: known?.id ?? '' };
  await updateContact(db, contactId, { company: 'Unmistakable Ltd', language: 'de' });
  await db.insert(contactKey).values({ workspaceId, value: 'customer-zebedee', contactId });
  await addAddressState(db, { workspaceId, address, kind: 'complaint', reason: 'spam', at: now, invitationId: null });
  await db.insert(unsubscription).values({ ...of, at: now });
  await db
    .insert(surveyRequest)
    .values({ ...of, id: randomUUID(), email: address, requestedBy: 'api', key: 'order-of-zebedee', createdAt: now });
  const answered = { status: 201, fingerprint: randomUUID(), at: now };
  const encrypted = { workspaceId, key: randomUUID() };
  await db.insert(idempotency).values([
    { ...answered, workspaceId, key: randomUUID(), body: { contact: { email: address } } },
    { ...answered, workspaceId, key: `ask-${address}`, body: null },
    {
      ...answered,
      ...encrypted,
      body: world.context.encryption.encrypt(JSON.stringify({ address }), answerPlace(encrypted)),
    },
    { ...answered, workspaceId, key: 'nothing of theirs', body: { rating: 9 } },
  ]);
  await db.insert(dryRun).values({
    ...{
      id: randomUUID(),
      workspaceId,
      surveyId: of.surveyId,
      content: {},
      status: 'finished',
      since: now,
      createdAt: now,
    },
    ...{ endedAt: now, findings: { asked: [{ record: recordId }] } },
  });
  await world.leaveEvent(recordId, 'contact.changed');
  const event = {
    workspace_id: workspaceId,
    connection_id: world.connectionId(),
    kind: 'contact.changed',
    into_id: null,
  };
  const at = { happened_at: now.toISOString(), received_at: now.toISOString() };
  await saveReceivedEvents(
    db,
    [
      { ...event, ...at, key: randomUUID(), object_id: recordId },
      { ...event, ...at, key: randomUUID(), object_id: 'record-of-another' },
    ],
    now,
  );
}
