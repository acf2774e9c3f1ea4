import type { WriteOutcome } from '../../src/connector.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import type { ZendeskClient } from './client.ts';
import type { JobSlots } from './job-slots.ts';
import { readOutcomes } from './job-statuses.ts';
import { job, severalJobs } from './schema.ts';
import { showMany } from './show-many.ts';

/** Added to or taken from whatever tags a ticket has at that moment, so that no tag of others is lost. */
export type TagChange = { additional_tags: readonly string[] } | { remove_tags: readonly string[] };

/** What is known of the latest job that changes a ticket's tags; `retryAfter` is in milliseconds. */
export type TagJobState = { change: TagChange } & ({ retryAfter: number } | { outcome: WriteOutcome });

type TagJob = {
  change: TagChange;
  ids: readonly string[];
  startedAt: number;
  /** By ticket, once it has ended. */
  outcomes?: ReadonlyMap<string, WriteOutcome>;
};

/** Zendesk forgets jobs; whoever asks about a ticket after so long, in milliseconds, reads the ticket again. */
const longest = 60 * minuteMs;

/** The longest wait between two questions about a job: a job that takes long is asked about ever more rarely. */
const longestWaitMs = 5 * minuteMs;

export type TagJobs = {
  /** What is known of these tickets' jobs, each ended one once; asks Zendesk about all jobs that are under way. */
  states(ticketIds: readonly string[]): Promise<ReadonlyMap<string, TagJobState>>;
  /** @throws UpstreamBusy that concerns the request when there is no place for another job */
  start(ticketIds: readonly string[], change: TagChange): Promise<void>;
};

/**
 * Changes the tags of many tickets in one call. Zendesk does it in a job of its own, whose end is told to whoever asks;
 * what is known of jobs is lost with the process, and the tickets show what was done.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-many-tickets
 */
export function createTagJobs(
  client: ZendeskClient,
  { clock, slots }: { clock: () => Date; slots: JobSlots },
): TagJobs {
  const jobs = new Map<string, TagJob>();
  const latest = new Map<string, string>();

  function jobOf(ticketId: string): TagJob | undefined {
    return jobs.get(latest.get(ticketId) ?? '');
  }

  function forgetOld(now: number): void {
    for (const [id, { startedAt, ids }] of jobs) {
      if (now - startedAt <= longest) continue;
      for (const ticketId of ids) if (latest.get(ticketId) === id) latest.delete(ticketId);
      jobs.delete(id);
    }
  }

  async function askAboutAll(): Promise<void> {
    const underWay = [...jobs].filter(([, { outcomes }]) => !outcomes);
    const ids = underWay.map(([id]) => id);
    const told = await showMany(client, { list: '/job_statuses', ids, answer: severalJobs });
    for (const [id, tagJob] of underWay) {
      const outcomes = readOutcomes(
        told.find((one) => one.id === id),
        tagJob.ids,
      );
      if (!outcomes) continue;
      slots.free(id);
      tagJob.outcomes = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    }
  }

  function takeState(ticketId: string, now: number): TagJobState | undefined {
    const tagJob = jobOf(ticketId);
    if (!tagJob) return undefined;
    const { change, startedAt, outcomes } = tagJob;
    if (!outcomes) return { change, retryAfter: Math.min(longestWaitMs, Math.max(1000, now - startedAt)) };
    latest.delete(ticketId);
    return { change, outcome: outcomes.get(ticketId) ?? { id: ticketId, result: 'unknown' } };
  }

  return {
    async states(ticketIds) {
      const now = clock().getTime();
      forgetOld(now);
      const concerned = ticketIds.flatMap((id) => jobOf(id) ?? []);
      if (concerned.some(({ outcomes }) => !outcomes)) await askAboutAll();
      const states = ticketIds.flatMap((id): [string, TagJobState][] => {
        const state = takeState(id, now);
        return state ? [[id, state]] : [];
      });
      return new Map(states);
    },

    async start(ticketIds, change) {
      const { id } = await slots.occupy(() =>
        client.call({
          lane: 'write',
          method: 'PUT',
          path: '/tickets/update_many',
          query: { ids: ticketIds.join(',') },
          body: { ticket: change },
          answer: job,
          concerns: 'request',
        }),
      );
      jobs.set(id, { change, ids: ticketIds, startedAt: clock().getTime() });
      for (const ticketId of ticketIds) latest.set(ticketId, id);
    },
  };
}
