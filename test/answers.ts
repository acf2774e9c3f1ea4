import type { Response } from '../src/model/response.ts';
import { highestPoints, type Metric } from '../src/model/scale.ts';
import type { fieldValues } from '../src/modules/contacts/crm-fields.ts';
import { createRender } from '../src/platform/messages/render.ts';

/** Nothing stood on the record before, and nobody knows when they were asked. */
export const none = {
  known: [],
  lastChange: 'answered',
  lastAskedAt: null,
  say: (reason) => createRender()('flags', reason),
} as const satisfies Parameters<typeof fieldValues>[1];
export const on = (day: number) => new Date(Date.UTC(2026, 2, day, 9, 30));

/** An answer to be told from the others by its day. */
export function answer(metric: Metric, rating: number, day: number, more: Partial<Response> = {}): Response {
  return {
    id: `response-${day}`,
    metric,
    scale: highestPoints(metric)[0],
    rating,
    comment: null,
    answeredAt: on(day),
    ratedAt: on(day),
    survey: `${metric}-survey`,
    ticket: `zendesk:${day}`,
    agent: 'Grace',
    ...more,
  };
}

export const nps = (rating: number, day: number, more?: Partial<Response>) => answer('nps', rating, day, more);
export const csat = (rating: number, day: number, more?: Partial<Response>) => answer('csat', rating, day, more);
export const ces = (rating: number, day: number, more?: Partial<Response>) => answer('ces', rating, day, more);
