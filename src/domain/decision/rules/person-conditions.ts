import type { Condition } from '../../survey/conditions.ts';
import { readTag } from '../../survey/language.ts';
import { judgeConditions, type Reading } from '../conditions.ts';
import type { ContactFacts, Rule } from '../facts.ts';

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
