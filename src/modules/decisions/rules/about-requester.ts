import type { Condition } from '../../../model/conditions.ts';
import { isMachineAddress } from '../../../model/machine.ts';
import { isInDomains } from '../../accounts/index.ts';
import { readTag } from '../../surveys/index.ts';
import { judgeConditions, type Reading } from '../conditions.ts';
import { type Person, type Rule, recordsAt } from '../facts.ts';

export const noRequester: Rule = {
  reason: 'no_requester',
  evenForTests: true,
  judge: ({ person }) => (person ? undefined : { skipped: { code: 'no_requester', params: {} } }),
};

export const noAddress: Rule = {
  reason: 'no_email',
  evenForTests: true,
  judge: ({ person }) => (person?.email ? undefined : { skipped: { code: 'no_email', params: {} } }),
};

/** The requester's own record comes first among those of a ticket; what another system shares is another matter. */
export const sharedRecord: Rule = {
  reason: 'shared',
  judge: ({ person, occasion }) => {
    const records = person?.records ?? [];
    const isShared =
      occasion.kind === 'resolution' ? records[0]?.shared : records.length > 0 && records.every(({ shared }) => shared);
    return isShared ? { skipped: { code: 'shared', params: {} } } : undefined;
  },
};

export const suspended: Rule = {
  reason: 'suspended',
  judge: ({ person }) =>
    person?.records.some((record) => record.suspended) ? { skipped: { code: 'suspended', params: {} } } : undefined,
};

export const ownPeople: Rule = {
  reason: 'own_people',
  judge({ person, ownAddresses, ownDomains }) {
    if (person?.records.some(({ staff }) => staff))
      return { skipped: { code: 'own_people', params: { kind: 'staff' } } };
    if (!person?.email) return undefined;
    if (ownAddresses.has(person.email)) {
      return { skipped: { code: 'own_people', params: { kind: 'address' } } };
    }
    const isOwn = isInDomains(person.email, ownDomains);
    return isOwn ? { skipped: { code: 'own_people', params: { kind: 'domain' } } } : undefined;
  },
};

/** Mail to a machine is answered by nobody, or by another mail that becomes a ticket. */
export const machine: Rule = {
  reason: 'machine',
  judge({ person, machineAddresses }) {
    if (person && recordsAt(person).some((record) => record.machine)) {
      return { skipped: { code: 'machine', params: { kind: 'known' } } };
    }
    return person?.email !== undefined && isMachineAddress(person.email, machineAddresses)
      ? { skipped: { code: 'machine', params: { kind: 'address' } } }
      : undefined;
  },
};

const fields: readonly Condition['field'][] = ['language', 'company', 'property'];

/** Whether it is the person, and not the ticket, who has to meet it. */
export function isAboutPerson({ field }: Condition): boolean {
  return fields.includes(field);
}

export const personConditions: Rule = {
  reason: 'person_conditions',
  judge(facts) {
    const conditions = facts.survey.audience.conditions.filter(isAboutPerson);
    return judgeConditions(facts, conditions, {
      of: 'person',
      reading: (condition) => (facts.person ? read(facts.person, condition) : undefined),
    });
  },
};

function read(person: Person, condition: Condition): Reading {
  // Who speaks Austrian German speaks German, however their system writes it: `de-AT`, `de_at`.
  if (condition.field === 'language') {
    if (person.language === undefined) return undefined;
    const tag = readTag(person.language);
    const { language = '', script = '' } = tag?.maximize() ?? {};
    return [person.language, ...(tag ? [tag.baseName, language, `${language}-${script}`] : [])];
  }
  if (condition.field === 'company') return person.company === undefined ? undefined : [person.company];
  if (condition.field !== 'property') return undefined;
  const { property } = condition;
  const known = person.records.flatMap(({ properties }) => (properties ? [properties] : []));
  // A property that holds several has semicolons between them.
  return known.length === 0 ? undefined : known.flatMap((properties) => properties[property]?.split(';') ?? []);
}
