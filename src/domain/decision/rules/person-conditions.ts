import type { Condition } from '../../survey/conditions.ts';
import { readTag } from '../../survey/language.ts';
import { judgeConditions, type Reading } from '../conditions.ts';
import type { Person, Rule } from '../facts.ts';

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
