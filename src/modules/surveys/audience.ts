import { z } from 'zod';
import { condition } from '../../model/conditions.ts';
import { durationBetween } from '../../model/duration.ts';
import type { Metric } from '../../model/scale.ts';

/** Whom a survey asks, whom it leaves in peace, and how many. */
export const audience = z.strictObject({
  quietPeriod: durationBetween('PT0S', 'P730D')
    .optional()
    .describe('Minimum time between two surveys with this metric. PT0S disables all quiet periods.'),
  quietPeriodAcross: durationBetween('PT0S', 'P730D')
    .default('P7D')
    .describe('Minimum time after a survey with any metric.'),
  whenQuiet: z
    .enum(['drop', 'defer'])
    .default('drop')
    .describe('Whether a contact in the quiet period is skipped, or asked when it ends.'),
  unanswered: z
    .enum(['skip', 'ask'])
    .default('skip')
    .describe('Whether to ask about tickets without an agent reply, for channels that have replies.'),
  closedByAutomation: z
    .enum(['skip', 'ask'])
    .default('skip')
    .describe('Whether to ask about tickets that an automation closed, such as after a period without replies.'),
  dailyCap: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(500)
    .describe('Maximum number of contacts asked in 24 hours. The rest wait. Null removes the cap.'),
  connections: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Connections whose tickets the survey asks about, by the name of their connector or by ID. All by default.',
    ),
  conditions: z.array(condition).max(50).default([]).describe('Conditions that must all be met.'),
});

/** Whether a survey listens to this connection at all. */
export function listensTo(
  { connections }: Pick<z.infer<typeof audience>, 'connections'>,
  { id, connector }: { id: string; connector: string },
): boolean {
  return connections === undefined || connections.includes(id) || connections.includes(connector);
}

export const usualQuietPeriod: Record<Metric, string> = { nps: 'P90D', csat: 'P7D', ces: 'P7D' };
