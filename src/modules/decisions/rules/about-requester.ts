import type { Condition } from '../../../model/conditions.ts';
import { isMachineAddress } from '../../../model/machine.ts';
import { isInDomains } from '../../accounts/index.ts';
import { readTag } from '../../surveys/index.ts';
import { judgeConditions, type Reading } from '../conditions.ts';
import { type ContactFacts, type Rule, recordsAt } from '../facts.ts';

export const noRequester: Rule = {
  reason: 'no_requester',
  evenForTests: true,
  judge: ({ contact }) => (contact ? undefined : { skipped: { code: 'no_requester', params: {} } }),
};

export const noAddress: Rule = {
  reason: 'no_email',
  evenForTests: true,
  judge: ({ contact }) => (contact?.email ? undefined : { skipped: { code: 'no_email', params: {} } }),
};

/** The requester's own record comes first among those of a ticket; what another system shares is another matter. */
export const sharedRecord: Rule = {
  reason: 'shared',
  judge: ({ contact, occasion }) => {
    const records = contact?.records ?? [];
    const isShared =
      occasion.kind === 'resolution' ? records[0]?.shared : records.length > 0 && records.every(({ shared }) => shared);
    return isShared ? { skipped: { code: 'shared', params: {} } } : undefined;
  },
};

export const suspended: Rule = {
  reason: 'suspended',
  judge: ({ contact }) =>
    contact?.records.some((record) => record.suspended) ? { skipped: { code: 'suspended', params: {} } } : undefined,
};

export const ownTeam: Rule = {
  reason: 'own_team',
  judge({ contact, ownAddresses, ownDomains }) {
    if (contact?.records.some(({ staff }) => staff))
      return { skipped: { code: 'own_team', params: { kind: 'staff' } } };
    if (!contact?.email) return undefined;
    if (ownAddresses.has(contact.email)) {
      return { skipped: { code: 'own_team', params: { kind: 'address' } } };
    }
    const isOwn = isInDomains(contact.email, ownDomains);
    return isOwn ? { skipped: { code: 'own_team', params: { kind: 'domain' } } } : undefined;
  },
};

/** Mail to a machine is answered by nobody, or by another mail that becomes a ticket. */
export const machine: Rule = {
  reason: 'machine',
  judge({ contact, machineAddresses }) {
    if (contact && recordsAt(contact).some((record) => record.machine)) {
      return { skipped: { code: 'machine', params: { kind: 'known' } } };
    }
    return contact?.email !== undefined && isMachineAddress(contact.email, machineAddresses)
      ? { skipped: { code: 'machine', params: { kind: 'address' } } }
      : undefined;
  },
};

const fields: readonly Condition['field'][] = ['language', 'company', 'property'];

/** Whether it is the contact, and not the ticket, who has to meet it. */
export function isAboutContact({ field }: Condition): boolean {
  return fields.includes(field);
}

export const contactConditions: Rule = {
  reason: 'contact_conditions',
  judge(facts) {
    const conditions = facts.survey.audience.conditions.filter(isAboutContact);
    return judgeConditions(facts, conditions, {
      of: 'contact',
      reading: (condition) => (facts.contact ? read(facts.contact, condition) : undefined),
    });
  },
};

function read(contact: ContactFacts, condition: Condition): Reading {
  // Who speaks Austrian German speaks German, however their system writes it: `de-AT`, `de_at`.
  if (condition.field === 'language') {
    if (contact.language === undefined) return undefined;
    const tag = readTag(contact.language);
    const { language = '', script = '' } = tag?.maximize() ?? {};
    return [contact.language, ...(tag ? [tag.baseName, language, `${language}-${script}`] : [])];
  }
  if (condition.field === 'company') return contact.company === undefined ? undefined : [contact.company];
  if (condition.field !== 'property') return undefined;
  const { property } = condition;
  const known = contact.records.flatMap(({ properties }) => (properties ? [properties] : []));
  // A property that holds several has semicolons between them.
  return known.length === 0 ? undefined : known.flatMap((properties) => properties[property]?.split(';') ?? []);
}
