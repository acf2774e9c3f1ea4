import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { askTogether } from '../../../test/flows/resolve-together.ts';
import type { WriteBehaviour } from '../../../test/flows/vendor.ts';
import { createWorld, minute, second, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import type { RecordValues } from '../../model/crm-field-definitions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Email } from '../../platform/email/email.ts';
import { restoreResponse, retractResponse } from '../responses/correct.ts';

const contacts = 2;

const answer = fc.record({ do: fc.constant('answer' as const), who: fc.nat(contacts - 1), rating: fc.nat(10) });
const step = fc.oneof(
  { weight: 2, arbitrary: answer },
  fc.record({ do: fc.constant('take off or put back' as const), who: fc.nat(contacts - 1) }),
  fc.record({
    do: fc.constant('flush' as const),
    meets: fc.constantFrom(
      'written',
      // Most can go wrong between a write and its end.
      'later',
      'later',
      'later',
      'later',
      'gone',
      'moved',
      'refused',
      'busy',
      'unknown',
      'thrown before',
      'thrown after',
      'refused as a whole',
      'failed',
      'death before',
      'death after',
    ),
  }),
  fc.record({ do: fc.constant('finish a job' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 5, 70) }),
);
type Meets = Extract<typeof step extends fc.Arbitrary<infer Step> ? Step : never, { do: 'flush' }>['meets'];

describeOnEachDatabase('writing converges', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('whatever becomes of the writes, and never goes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
        const world = await createWorld(database);
        const sentEmails = (await askTogether(world, contacts)).map(({ sentEmail }) => sentEmail);
        const watched = watch(world);
        for (const taken of steps) {
          if (taken.do === 'answer') {
            const sentEmail = sentEmails[taken.who];
            if (sentEmail) await world.answer(sentEmail, taken.rating);
            await watched.learn();
          } else if (taken.do === 'take off or put back') {
            const sentEmail = sentEmails[taken.who];
            if (sentEmail) await takeOffOrPutBack(world, sentEmail);
            await watched.learn();
          } else if (taken.do === 'flush') await watched.flush(taken.meets);
          else if (taken.do === 'pass') world.jump(taken.seconds * second);
          else doOne(world, taken.which);
        }
        while (world.vendor.jobs.size > 0) {
          for (const receipt of world.vendor.jobs.keys()) world.vendor.doJob(receipt);
          await world.pass(minute);
        }
        await world.pass(2 * minute);
        await watched.learn();
        expect(watched.violations).toEqual([]);
        const crmFields = new Map((await world.crmFields()).map(({ contactId, values }) => [contactId, values]));
        for (const { state, recordId, contactId, dueAt, writingRevision } of await world.recordLinks()) {
          expect({ dueAt, writingRevision }).toEqual({ dueAt: null, writingRevision: null });
          if (state === 'present') expect(world.vendor.records.get(recordId ?? '')).toEqual(crmFields.get(contactId));
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
});

/** Retracts their answer, or restores it. */
async function takeOffOrPutBack(world: World, sentEmail: Email): Promise<void> {
  const { response } = await world.invited(sentEmail);
  if (!response) return;
  const of = { workspaceId: world.workspaceId, id: response.id, actor: 'key-1' };
  if (response.onRecord) await retractResponse(world.context, { ...of, reason: 'A slip.' });
  else await restoreResponse(world.context, of);
}

/** Does one of the jobs that wait, not necessarily the oldest. */
function doOne({ vendor }: World, which: number): void {
  const receipt = [...vendor.jobs.keys()][which % Math.max(1, vendor.jobs.size)];
  if (receipt !== undefined) vendor.doJob(receipt);
}

/** Lets writes meet every kind of fate, and watches that no rule of writing is broken. */
function watch(world: World) {
  const { vendor } = world;
  const violations: string[] = [];
  const revisions = new Map<string, number>();
  const standing = new Map<string, number>();
  /** Records of which nobody knows whether their last write happened. */
  const unknown = new Set<string>();

  async function learn(): Promise<void> {
    for (const { values, revision } of await world.crmFields()) revisions.set(canonical(values), revision);
  }

  vendor.onApply = (id, values) => {
    const revision = revisions.get(canonical(values)) ?? 0;
    if (revision < (standing.get(id) ?? 0)) violations.push(`an older score over a newer one on ${id}`);
    standing.set(id, revision);
  };
  vendor.before = (call, ids) => {
    if (call === 'read') for (const id of ids) unknown.delete(id);
    if (call !== 'write') return;
    const busy = new Set(
      [...vendor.jobs.values()].filter((job) => !job.outcomes).flatMap((job) => job.writes.map(({ id }) => id)),
    );
    for (const id of ids) {
      if (busy.has(id)) violations.push(`a second unfinished write on ${id}`);
      if (unknown.has(id)) violations.push(`not read before it was written: ${id}`);
    }
  };

  const lose = (ids: readonly string[]) => {
    for (const id of ids) unknown.add(id);
  };

  const fates: Record<Exclude<Meets, 'written' | 'later' | 'death before' | 'death after'>, WriteBehaviour> = {
    gone: ([first, ...others], apply) => {
      if (!first) return { outcomes: [] };
      vendor.contacts.delete(first.id);
      return { outcomes: apply([first, ...others]) };
    },
    moved: ([first, ...others], apply) => {
      if (!first) return { outcomes: [] };
      vendor.merged.set(first.id, vendor.addContact().id);
      return { outcomes: apply([first, ...others]) };
    },
    refused: ([first, ...others], apply) => ({
      outcomes: [
        ...(first
          ? [{ id: first.id, result: 'refused' as const, why: { code: 'refused' as const, params: { said: 'no' } } }]
          : []),
        ...apply(others),
      ],
    }),
    busy: (writes) => ({ outcomes: writes.map(({ id }) => ({ id, result: 'busy' as const })) }),
    unknown: (writes, apply) => {
      apply(writes.slice(1));
      lose(writes.map(({ id }) => id));
      return { outcomes: [] };
    },
    'thrown before': (writes) => {
      lose(writes.map(({ id }) => id));
      throw new UpstreamBusy(vendorSays('server_failed'), { outcome: 'unknown' });
    },
    'thrown after': (writes, apply) => {
      apply(writes);
      lose(writes.map(({ id }) => id));
      throw new UpstreamBusy(vendorSays('server_failed'), { outcome: 'unknown' });
    },
    'refused as a whole': () => {
      throw new UpstreamRefused(vendorSays('refused'), { concerns: 'request' });
    },
    failed: (writes) => {
      lose(writes.map(({ id }) => id));
      throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true, outcome: 'unknown' });
    },
  };

  return {
    violations,
    learn,
    async flush(meets: Meets): Promise<void> {
      if (meets === 'death before' || meets === 'death after') {
        await dieWhileWriting(meets === 'death after');
        return;
      }
      if (meets === 'later') vendor.writing.push(vendor.later);
      else if (meets !== 'written') vendor.writing.push(fates[meets]);
      await world.flush();
      vendor.writing.length = 0;
    },
  };

  async function dieWhileWriting(applied: boolean): Promise<void> {
    const reached = Promise.withResolvers<'reached'>();
    vendor.writing.push((writes, apply) => {
      if (applied) apply(writes);
      lose(writes.map(({ id }) => id));
      reached.resolve('reached');
      return new Promise<never>(() => {});
    });
    // It ends by itself where there is nothing to write.
    await Promise.race([reached.promise, world.flush()]);
    vendor.writing.length = 0;
    await world.crash();
  }
}

function canonical(values: RecordValues): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
