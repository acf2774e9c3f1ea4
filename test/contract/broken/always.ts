import { z } from 'zod';
import { exampleConnector as sound } from '../example/connector.ts';
import { connecting, type Fault } from './fault.ts';

export const faultyAlways: readonly Fault[] = [
  {
    fault: 'accepts half its settings',
    foundBy: /^refuses settings without/u,
    breaks: {
      settings: z.object({ EXAMPLE_TOKEN: z.string().optional(), EXAMPLE_WEBHOOK_SECRET: z.string().optional() }),
    },
  },
  {
    fault: 'quotes a setting',
    foundBy: /^refuses settings without/u,
    breaks: {
      settings: sound.settings.superRefine((given, context) => {
        if (!given.EXAMPLE_TOKEN) context.addIssue(`EXAMPLE_TOKEN is missing beside ${given.EXAMPLE_WEBHOOK_SECRET}`);
      }),
    },
  },
  {
    fault: 'takes empty settings for a connection',
    foundBy: /^reads a complete environment/u,
    breaks: { connects: () => true },
  },
  {
    fault: 'calls out when it connects',
    foundBy: /^connects without a call$/u,
    breaks: {
      connect(settings, tools) {
        const connection = sound.connect(settings, tools);
        void connection.tickets?.find(['7']).catch(() => undefined);
        return connection;
      },
    },
  },
  {
    fault: 'lost a capability',
    foundBy: /^can do exactly/u,
    breaks: connecting(() => ({ tickets: undefined as never })),
  },
];
