import type { Condition } from '../survey/conditions.ts';
import type { Facts, Objection } from './facts.ts';

/** What a field of a ticket or a person says: its values, none where it is empty; nothing where the system has no such field. */
export type Reading = readonly string[] | number | undefined;

/** @param of whose field it is, as a sentence names it: `ticket` or `person` */
export type Read = { of: 'ticket' | 'person'; reading(condition: Condition): Reading };

/** What the conditions of a survey have against asking. One whose fact is not known is not applied, and that is said. */
export function judgeConditions(
  { survey }: Pick<Facts, 'survey'>,
  conditions: readonly Condition[],
  { of, reading }: Read,
): Objection | undefined {
  const unknown: string[] = [];
  for (const condition of conditions) {
    const read = reading(condition);
    if (read === undefined) {
      unknown.push(`The ${of}'s ${nameOf(condition)} is not known to this system, so that condition was not applied.`);
    } else if (!holds(condition, read)) {
      return { withheld: `Survey "${survey.key}" ${sentence(condition, of)}.` };
    }
  }
  const [first, ...others] = unknown;
  return first === undefined ? undefined : { notApplied: [first, ...others] };
}

function holds(condition: Condition, read: Exclude<Reading, undefined>): boolean {
  if (condition.field === 'publicReplies') {
    const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = condition;
    return typeof read === 'number' && read >= atLeast && read <= atMost;
  }
  const values = new Set(typeof read === 'object' ? read.map(alike) : []);
  const { is, isNot }: { is?: readonly string[] | undefined; isNot?: readonly string[] | undefined } = condition;
  return is ? is.some((value) => values.has(alike(value))) : !isNot?.some((value) => values.has(alike(value)));
}

function alike(value: string): string {
  return value.trim().normalize('NFC').toLowerCase();
}

function nameOf(condition: Condition): string {
  if (condition.field === 'property') return `property "${condition.property}"`;
  return condition.field === 'publicReplies' ? 'number of public replies' : condition.field;
}

const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function sentence(condition: Condition, of: Read['of']): string {
  const name = `the ${of}'s ${nameOf(condition)}`;
  if (condition.field !== 'publicReplies') {
    const { is, isNot } = condition;
    const values = or.format((is ?? isNot ?? []).map((value) => `"${value}"`));
    return `${is ? 'asks only' : 'does not ask'} where ${name} is ${values}`;
  }
  const { atLeast, atMost } = condition;
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return `asks only where ${name} is ${bounds.join(' and ')}`;
}
