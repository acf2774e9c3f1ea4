import { type HubspotClient, paths } from './client.ts';
import { page } from './schema.ts';
import { pipeline } from './ticket-schema.ts';

/** Which ticket stages are closed ones, as the account's pipelines say. */
export type Stages = {
  isClosed(of: { pipeline: string | undefined; stage: string | undefined }): Promise<boolean>;
};

/** How long we believe what we read, and how soon we ask again about a stage that was not in it. Milliseconds. */
const believed = 300_000;
const askedAgain = 10_000;

/** By stage and by pipeline/stage; undefined where the account does not say. */
type ClosedStages = ReadonlyMap<string, boolean | undefined>;

export function createStages(client: HubspotClient, clock: () => Date): Stages {
  let cached: { readAt: number; closed: Promise<ClosedStages> } | undefined;

  async function read(): Promise<ClosedStages> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: paths.ticketPipelines,
      reads: page(pipeline),
    });
    const stages = (value?.items ?? []).flatMap(({ id, stages }) =>
      stages.map((stage) => ({ ...stage, pipeline: id })),
    );
    return new Map([
      // The stage alone answers for a ticket whose pipeline is not in the list.
      ...stages.map(({ id, closed }) => [id, closed] as const),
      ...stages.map(({ id, closed, pipeline }) => [`${pipeline}/${id}`, closed] as const),
    ]);
  }

  /** Looks that come together share one call; a failed one is not remembered. */
  function recall(youngerThan: number): Promise<ClosedStages> {
    const now = clock().getTime();
    if (cached && now - cached.readAt < youngerThan) return cached.closed;
    const fresh = { readAt: now, closed: read() };
    fresh.closed.catch(() => {
      if (cached === fresh) cached = undefined;
    });
    cached = fresh;
    return fresh.closed;
  }

  return {
    async isClosed({ pipeline, stage }) {
      if (stage === undefined) return false;
      const key = `${pipeline}/${stage}`;
      let closed = await recall(believed);
      if (!closed.has(key) && !closed.has(stage)) closed = await recall(askedAgain);
      // Without metadata only HubSpot's own default pipeline tells which stage is its last.
      return (closed.has(key) ? closed.get(key) : closed.get(stage)) ?? (pipeline === '0' && stage === '4');
    },
  };
}
