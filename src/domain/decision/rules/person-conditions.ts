import type { Condition } from '../../survey/conditions.ts';
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
  // Who speaks Austrian German speaks German.
  if (condition.field === 'language') {
    return person.language === undefined ? undefined : [person.language, person.language.split('-')[0] ?? ''];
  }
  if (condition.field === 'company') return person.company === undefined ? undefined : [person.company];
  if (condition.field !== 'property') return undefined;
  const { property } = condition;
  const known = person.records.flatMap(({ properties }) => (properties ? [properties] : []));
  // A property that holds several has semicolons between them.
  return known.length === 0 ? undefined : known.flatMap((properties) => properties[property]?.split(';') ?? []);
}
