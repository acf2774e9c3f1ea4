import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { connectorItem } from '../../modules/connections/routes/connecting.ts';
import type { findingItem, switches } from '../../modules/connections/routes/connection-item.ts';
import type { fieldItem } from '../../modules/connections/routes/fields.ts';
import type { messageShape } from '../../platform/http/messages.ts';
import { call } from './call.ts';
import { isProblem } from './problem.ts';
import { queries } from './queries.ts';
import { type System, systemsQuery } from './systems.ts';

export type OfferedConnector = z.output<typeof connectorItem>;
export type KeysWay = OfferedConnector['keys'][number];
export type ConsentWay = NonNullable<OfferedConnector['consent']>;
export type KeyField = KeysWay['fields'][number];
export type FindingItem = z.output<typeof findingItem>;
export type Switches = z.output<typeof switches>;
export type FieldsChoice = 'keep' | 'clear' | 'remove';
/** A message as the API tells it. */
type Said = z.output<typeof messageShape>;
export type DisconnectAnswer = { ended: boolean; findings: readonly FindingItem[]; explanation: readonly Said[] };

/** What can be connected, and how. */
export function useConnectors() {
  return useQuery({
    queryKey: ['connectors'],
    queryFn: () => call<{ items: readonly OfferedConnector[] }>('GET', '/connectors'),
    staleTime: 60_000,
  });
}

const one = (id: string) => ['connections', id];

/** One connection, looked at again every few seconds: it changes by itself. */
export function useConnection(id: string) {
  return useQuery({
    queryKey: one(id),
    queryFn: () => call<System>('GET', `/connections/${id}`),
    refetchInterval: ({ state }) => (isProblem(state.error, 404) ? false : state.data?.status === 'new' ? 1000 : 5000),
  });
}

/** Shows it as it was just answered, here and in the list; what follows from it is looked at again. */
export function noteConnection(system: System): void {
  queries.setQueryData(one(system.id), system);
  queries.setQueryData(systemsQuery.queryKey, (before: { items: readonly System[] } | undefined) => {
    if (!before) return before;
    const known = before.items.some(({ id }) => id === system.id);
    const items = before.items.map((item) => (item.id === system.id ? system : item));
    return { ...before, items: known ? items : [...items, system] };
  });
  void queries.invalidateQueries({ queryKey: ['attention'] });
}

/** Reads all of them again, and what follows from them. */
async function readAgain(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['connections'] }),
    queries.invalidateQueries({ queryKey: ['attention'] }),
  ]);
}

export type EnteredKeys = { connector: string; settings: Readonly<Record<string, string>>; name?: string };

export function useConnect() {
  return useMutation({
    mutationFn: (body: EnteredKeys) => call<System>('POST', '/connections', { body }),
    onSuccess: noteConnection,
  });
}

export function useReplaceKeys(id: string) {
  return useMutation({
    mutationFn: ({ settings }: Pick<EnteredKeys, 'settings'>) =>
      call<System>('PUT', `/connections/${id}/settings`, { body: { settings } }),
    onSuccess: noteConnection,
  });
}

/** Leaves for the vendor's page, where an admin consents. */
export function useBeginConsent() {
  return useMutation({
    mutationFn: (connector: string) => call<{ url: string }>('POST', '/authorizations', { body: { connector } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export type ConnectionChange = Partial<Switches & Pick<System, 'name' | 'fieldNames' | 'fieldProfile' | 'quotaShare'>>;

export function useChangeConnection(id: string) {
  return useMutation({
    mutationFn: (body: ConnectionChange) => call<System>('PATCH', `/connections/${id}`, { body }),
    onSuccess: noteConnection,
  });
}

export function useCheck(id: string) {
  return useMutation({
    mutationFn: () => call<{ findings: readonly FindingItem[] }>('POST', `/connections/${id}/check`),
    onSettled: readAgain,
  });
}

export function useRepair(id: string) {
  return useMutation({
    mutationFn: () =>
      call<{ findings: readonly FindingItem[]; mended: readonly { title: string }[] }>(
        'POST',
        `/connections/${id}/repair`,
      ),
    onSettled: readAgain,
  });
}

export function useDisconnect(id: string) {
  return useMutation({
    mutationFn: (fields: FieldsChoice) => call<DisconnectAnswer>('DELETE', `/connections/${id}`, { query: { fields } }),
    async onSuccess({ ended }) {
      if (ended) {
        queries.setQueryData(systemsQuery.queryKey, (before: { items: readonly System[] } | undefined) =>
          before ? { ...before, items: before.items.filter((item) => item.id !== id) } : before,
        );
      }
      await readAgain();
    },
  });
}

export type ListedField = z.output<typeof fieldItem>;

/** What stands on a contact's record, under our own names. */
export function useRecordFields() {
  return useQuery({
    queryKey: ['fields'],
    queryFn: () => call<{ items: readonly ListedField[] }>('GET', '/fields'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
