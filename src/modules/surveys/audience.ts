import { z } from 'zod';
import { condition } from '../../model/conditions.ts';
import { durationBetween } from '../../model/duration.ts';
import type { Metric } from '../../model/scale.ts';

/** Whom a survey asks, whom it leaves in peace, and how many. */
export const audience = z.strictObject({
  quietPeriod: durationBetween('PT0S', 'P730D')
    .optional()
    .describe('How long a contact is not asked again with this metric; PT0S lifts every quiet period.'),
  quietPeriodAcross: durationBetween('PT0S', 'P730D')
    .default('P7D')
    .describe('How long after any survey, whatever its metric, a contact is not asked.'),
  whenQuiet: z
    .enum(['drop', 'defer'])
    .default('drop')
    .describe('Whether a contact asked too recently is left out, or asked when the quiet period ends.'),
  unanswered: z
    .enum(['skip', 'ask'])
    .default('skip')
    .describe('What becomes of a ticket that no agent replied to, where its channel has replies to count.'),
  closedByAutomation: z
    .enum(['skip', 'ask'])
    .default('skip')
    .describe('What becomes of a ticket that a rule closed by itself, as after a time of silence.'),
  dailyCap: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(500)
    .describe('The most contacts asked in 24 hours; the rest wait. null lifts it.'),
  connections: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('The connections it hears, by the name of their connector or by ID; all of them unless said.'),
  conditions: z.array(condition).max(50).default([]).describe('All of them must hold.'),
});

/** Whether a survey listens to this connection at all. */
export function receivesWebhooks(
  { connections }: Pick<z.infer<typeof audience>, 'connections'>,
  { id, connector }: { id: string; connector: string },
): boolean {
  return connections === undefined || connections.includes(id) || connections.includes(connector);
}

export const usualQuietPeriod: Record<Metric, string> = { nps: 'P90D', csat: 'P7D', ces: 'P7D' };
