import type { PublishedContent } from '../api/surveys.ts';

/** Who may have brought a ticket to its resolution. */
export const handlers = ['human_agent', 'ai_agent', 'automation'] as const;
export type Handler = (typeof handlers)[number];

export type EditedCondition = PublishedContent['audience']['conditions'][number];

/** What can be asked of a ticket and of a contact. */
export const fields = {
  ticket: ['tags', 'group', 'brand', 'channel', 'priority', 'pipeline', 'satisfaction', 'publicReplies', 'handler'],
  contact: ['language', 'company', 'property'],
} as const;

/** A condition as one fills it in: every field that any of them has. */
export type Drafted = {
  field: (typeof fields.ticket)[number] | (typeof fields.contact)[number];
  property: string;
  /** Of a count: at least, or at most. */
  relation: 'is' | 'isNot';
  values: readonly string[];
  count: number;
};

export function readDrafted(condition: EditedCondition | undefined): Drafted {
  const empty = { field: 'tags', property: '', relation: 'is', values: [], count: 1 } as const;
  if (condition === undefined) return empty;
  if (condition.field === 'publicReplies') {
    const { atLeast, atMost } = condition;
    const isAtMost = atLeast === undefined && atMost !== undefined;
    return { ...empty, field: 'publicReplies', relation: isAtMost ? 'isNot' : 'is', count: atLeast ?? atMost ?? 0 };
  }
  const { field, is, isNot } = condition;
  const property = condition.field === 'property' ? condition.property : '';
  return { ...empty, field, property, relation: isNot ? 'isNot' : 'is', values: is ?? isNot ?? [] };
}

export function writeDrafted({ field, property, relation, values, count }: Drafted): EditedCondition {
  if (field === 'publicReplies') return relation === 'is' ? { field, atLeast: count } : { field, atMost: count };
  const said = { [relation]: [...values] } as { is: string[] } | { isNot: string[] };
  if (field === 'property') return { field, property: property.trim(), ...said };
  return { field, ...said } as EditedCondition;
}

export function isComplete({ field, property, values }: Drafted): boolean {
  if (field === 'publicReplies') return true;
  return values.length > 0 && (field !== 'property' || property.trim() !== '');
}
