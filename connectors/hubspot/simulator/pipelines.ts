import { Router } from 'express';
import { readQuery } from './inputs.ts';
import { Refusal } from './refusals.ts';

type Stage = { id: string; label: string; displayOrder: number; archived: boolean; metadata: Record<string, string> };
type Pipeline = { id: string; label: string; displayOrder: number; archived: boolean; stages: readonly Stage[] };

/**
 * The account's ticket pipelines: HubSpot's default one, and one of the account's own in which an open stage says
 * nothing of its state and the closed one says it in the older form only.
 */
export const pipelines: readonly Pipeline[] = [
  {
    id: '0',
    label: 'Support Pipeline',
    displayOrder: 0,
    archived: false,
    stages: [
      stage('1', 'New', 0, { ticketState: 'OPEN', isClosed: 'false' }),
      stage('2', 'Waiting on contact', 1, { ticketState: 'OPEN', isClosed: 'false' }),
      stage('3', 'Waiting on us', 2, { ticketState: 'OPEN', isClosed: 'false' }),
      stage('4', 'Closed', 3, { ticketState: 'CLOSED', isClosed: 'true' }),
    ],
  },
  {
    id: '75812093',
    label: 'Billing',
    displayOrder: 1,
    archived: false,
    stages: [
      stage('148204411', 'Received', 0, {}),
      stage('148204412', 'With accounting', 1, { ticketState: 'OPEN' }),
      stage('148204413', 'Settled', 2, { isClosed: 'true' }),
    ],
  },
];

export function pipelineStages(pipelineId: string): readonly Stage[] {
  return pipelines.find(({ id }) => id === pipelineId)?.stages ?? [];
}

export function isClosed({ metadata }: Stage): boolean {
  return metadata.ticketState === 'CLOSED' || metadata.isClosed === 'true';
}

export function pipelineRoutes(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/tickets', (request, response) => {
    readQuery(request, []);
    response.json({ results: pipelines });
  });
  router.get('/tickets/:id', (request, response) => {
    readQuery(request, []);
    const pipeline = pipelines.find(({ id }) => id === request.params.id);
    if (!pipeline) throw new Refusal(404, 'Pipeline not found', { category: 'OBJECT_NOT_FOUND' });
    response.json(pipeline);
  });
  return router;
}

function stage(id: string, label: string, displayOrder: number, metadata: Record<string, string>): Stage {
  return { id, label, displayOrder, archived: false, metadata };
}
