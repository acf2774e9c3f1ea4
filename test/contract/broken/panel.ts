import { examplePanel } from '../example/panel.ts';
import type { Fault } from './fault.ts';

const inPanel = (change: Partial<typeof examplePanel>) => ({ panel: { ...examplePanel, ...change } });

export const faultyPanel: readonly Fault[] = [
  {
    fault: 'shows a panel to everybody',
    foundBy: /^refuses a request made with another secret/u,
    breaks: inPanel({ verify: (_request, [secret = '']) => secret }),
  },
  {
    fault: 'shows a panel for ever',
    foundBy: /^refuses what is stale/u,
    breaks: inPanel({
      verify: (request, secrets) =>
        examplePanel.verify(request, secrets, new Date(request.headers['x-signed-at'] ?? '')),
    }),
  },
  {
    fault: 'takes a ticket for a contact',
    foundBy: /^reads who looks at what$/u,
    breaks: inPanel({
      read(request) {
        const { record, ...seen } = examplePanel.read(request);
        return { ...seen, record: { ...record, kind: 'contact' } };
      },
    }),
  },
  {
    fault: 'leaves out the score',
    foundBy: /^renders what stands/u,
    breaks: inPanel({ render: ({ values: _, ...content }) => content }),
  },
];
