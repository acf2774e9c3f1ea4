import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { workspaceAnswer } from '../../modules/workspaces/routes.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';

export type WorkspaceSettings = z.output<typeof workspaceAnswer>;

export const workspaceQuery = {
  queryKey: ['workspace'],
  queryFn: () => call<WorkspaceSettings>('GET', '/workspace'),
};

export function useWorkspace() {
  return useQuery(workspaceQuery);
}

export function useChangeWorkspace() {
  return useMutation({
    mutationFn: (body: Partial<WorkspaceSettings>) => call<WorkspaceSettings>('PATCH', '/workspace', { body }),
    onSuccess(workspace) {
      queries.setQueryData(workspaceQuery.queryKey, workspace);
      // The name of the workspace stands with whoever is signed in.
      void queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
}

export function useRequireTwoFactor() {
  return useMutation({
    mutationFn: (required: boolean) => call('PUT', '/workspace/two-factor', { body: { required } }),
    onSuccess: () => queries.invalidateQueries(workspaceQuery),
  });
}
