import type { Condition } from '../../model/conditions.ts';
import type { Allowed, DecisionNote } from '../../model/messages/decision-reason.ts';
import type { Facts, Objection } from './facts.ts';

/** What a field of a ticket or a contact says: its values, none where it is empty; nothing where the system has no such field. */
export type Reading = readonly string[] | number | undefined;

/** @param of whose field it is */
export type Read = { of: 'ticket' | 'contact'; reading(condition: Condition): Reading };

/** What the conditions of a survey have against asking. One whose fact is not known is not applied, and that is said. */
export function judgeConditions(
  { survey }: Pick<Facts, 'survey'>,
  conditions: readonly Condition[],
  { of, reading }: Read,
): Objection | undefined {
  const unknown: DecisionNote[] = [];
  for (const condition of conditions) {
    const read = reading(condition);
    if (read === undefined) {
      unknown.push({ code: 'condition_unknown', params: fieldOf(condition) });
    } else if (!holds(condition, read)) {
      const params = { survey: survey.key, ...fieldOf(condition), ...allowed(condition) };
      return { skipped: { code: `${of}_conditions`, params } };
    }
  }
  return unknown.length === 0 ? undefined : { notApplied: unknown };
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

function fieldOf(condition: Condition): { field: Condition['field']; property?: string } {
  const { field } = condition;
  return field === 'property' ? { field, property: condition.property } : { field };
}

/** What a condition lets through. */
function allowed(condition: Condition): Allowed {
  if (condition.field !== 'publicReplies') {
    const { is, isNot = [] } = condition;
    return is ? { kind: 'only', values: is } : { kind: 'except', values: isNot };
  }
  const { atLeast, atMost } = condition;
  if (atLeast === undefined) return { kind: 'at_most', atMost: atMost ?? 0 };
  return atMost === undefined ? { kind: 'at_least', atLeast } : { kind: 'between', atLeast, atMost };
}
