import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { urlWithQuery } from './call.ts';

/**
 * Something that goes on: told by the server as it does, and asked for every two seconds where it is not.
 *
 * @param eventsOf where the server tells of it, below `/api`; nothing while it rests
 * @param note keeps what was told
 */
export function useTold<Data, Told>(
  asked: { queryKey: QueryKey; queryFn: () => Promise<Data> },
  eventsOf: (data: Data | undefined) => string | undefined,
  note: (told: Told) => void,
) {
  const found = useQuery({
    ...asked,
    refetchInterval: ({ state }) => (eventsOf(state.data) === undefined ? false : 2000),
  });
  const path = eventsOf(found.data);
  const show = useEffectEvent(({ data }: MessageEvent<string>) => note(JSON.parse(data) as Told));
  useEffect(() => {
    if (path === undefined) return;
    const events = new EventSource(urlWithQuery(path));
    events.addEventListener('progress', (event) => show(event));
    events.addEventListener('end', (event) => {
      show(event);
      events.close();
    });
    // Where it is not told, it is asked for.
    events.addEventListener('error', () => events.close());
    return () => events.close();
  }, [path]);
  return found;
}
