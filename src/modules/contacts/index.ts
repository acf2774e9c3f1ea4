/**
 * Contacts: recognizes them by record, address or key, merges them, and erases or exports their data. Owns the tables
 * of contacts, their addresses, suppressions and unsubscribes. Tickets, decisions, invitations and responses use it.
 */
export { changeContact } from './change-contact.ts';
export type { ContactsContext } from './context.ts';
export { type CrmFieldsChange, trendBetween } from './crm-fields.ts';
export { type ContactReference, findReferencedContact, findStanding } from './find-contact.ts';
export { asContact, asRecord, categoryName, contactItem, recordShape } from './items.ts';
export { joinContacts } from './join.ts';
export { liftBounces } from './lift-bounces.ts';
export { noteMissing } from './note-missing.ts';
export { retain } from './privacy/retain.ts';
export { stayErased } from './privacy/stay-erased.ts';
export {
  type AddressState,
  addAddressState,
  addressStatesOfContact,
  findAddressStates,
  liftBouncesFrom,
} from './queries/address-states.ts';
export {
  type ContactRow,
  findAddresses,
  findContact,
  findContactByEmail,
  findContacts,
  lockContact,
  lockContacts,
  notToSurvey,
  ofAddress,
  updateContact,
  updateContacts,
} from './queries/contacts.ts';
export { refreshCrmFields, refreshManyCrmFields } from './queries/crm-fields.ts';
export { forgetCleared } from './queries/erasure.ts';
export { dueRetention } from './queries/expiry.ts';
export { markGone, nextGoneChecks } from './queries/gone-records.ts';
export { knownContacts, type ShownRecord } from './queries/known-records.ts';
export { listContacts } from './queries/list-contacts.ts';
export { listContactRecords } from './queries/listed-records.ts';
export { addressesIn, addressesShown, candidatesFor } from './queries/merges.ts';
export { listSenderAddresses } from './queries/own-addresses.ts';
export { findRatings, type Rated } from './queries/ratings.ts';
export { ensureContact, ensureContactByEmail } from './queries/recognize.ts';
export { markSearched, noteAddresses, notSearched } from './queries/record-addresses.ts';
export { findSuppressions, type Suppressed, suppress } from './queries/suppressions.ts';
export {
  addUnsubscription,
  endReminders,
  findUnsubscriptions,
  surveysUnsubscribedFrom,
  type UnsubscriptionRow,
} from './queries/unsubscriptions.ts';
export { refreshContact } from './refresh-contact.ts';
export { refreshOwners } from './refresh-owners.ts';
export type { Refreshed } from './refreshed.ts';
export { contactListRoutes } from './routes/list.ts';
export { privacyRoutes } from './routes.ts';
export { searchGoneRecords } from './search-gone-records.ts';
