import type { Finding } from '../../src/connector.ts';
import { type AccountField, labelled } from '../../src/domain/account-fields.ts';
import type { FieldLabels } from '../../src/domain/locale.ts';
import { fieldGroup, fieldMark } from '../../src/domain/record-fields.ts';
import type { Failure } from '../../src/errors.ts';
import { type Property, property } from './account-schema.ts';
import type { Answer, HubspotClient } from './client.ts';
import { compare, mergeOptions, propertyOf } from './fields.ts';
import { anything, blocked, inspect, scopeFindings } from './inspection.ts';
import { batch, page } from './schema.ts';

/** The properties of one type of object as they stand, by name. */
export type Standing = {
  active: ReadonlyMap<string, Property>;
  /** Names of ours that an admin has archived: HubSpot keeps them from being made anew. */
  archived: ReadonlySet<string>;
};

export type PropertyKeeper = {
  look(): Promise<Answer<Standing>>;
  check(standing: Standing): readonly Finding[];
  /** @param labels what new ones are called; English unless given */
  ensure(standing: Standing, labels?: FieldLabels): Promise<readonly Finding[]>;
  /** Archives what carries our mark, and the group if nothing else is in it. */
  remove(standing: Standing): Promise<readonly Finding[]>;
};

/**
 * Our own properties of one type of object, and nobody else's.
 *
 * @param noun as findings call it: `contact` or `ticket`
 */
export function createPropertyKeeper(
  client: HubspotClient,
  {
    path,
    noun,
    fields,
    writeScope,
  }: { path: string; noun: string; fields: readonly AccountField[]; writeScope: string },
): PropertyKeeper {
  async function look(): Promise<Answer<Standing>> {
    const list = await inspect(client, { lane: 'read', method: 'GET', path, reads: page(property) });
    if (!list.value) return list;
    const active = new Map(list.value.items.map((found) => [found.name, found]));
    const absent = fields.filter(({ name }) => !active.has(name));
    return { status: list.status, value: { active, archived: await findArchived(absent) } };
  }

  async function findArchived(absent: readonly AccountField[]): Promise<ReadonlySet<string>> {
    if (absent.length === 0) return new Set();
    const query = { archived: 'true' };
    const { value } = await inspect(client, { lane: 'read', method: 'GET', path, query, reads: page(property) });
    const names = new Set(value?.items.map(({ name }) => name));
    return new Set(absent.map(({ name }) => name).filter((name) => names.has(name)));
  }

  async function createMissing(standing: Standing, labels: FieldLabels | undefined): Promise<readonly Finding[]> {
    const missing = fields.filter(({ name }) => !standing.active.has(name) && !standing.archived.has(name));
    if (missing.length === 0) return [];
    const refused = (answer: Answer<unknown>, failure: Failure) => [
      ...(answer.status === 403 ? scopeFindings(answer, writeScope) : []),
      ...missing.map((field) => blocked(subjectOf(field), failure)),
    ];

    const grouped = [...standing.active.values()].some(({ groupName }) => groupName === fieldGroup.key);
    if (!grouped) {
      const group = await inspect(client, {
        lane: 'write',
        method: 'POST',
        path: `${path}/groups`,
        body: { name: fieldGroup.key, label: labels?.group ?? fieldGroup.label, displayOrder: -1 },
        reads: anything,
      });
      if (group.failure && group.status !== 409) return refused(group, group.failure);
    }
    const many = await inspect(client, {
      lane: 'write',
      method: 'POST',
      path: `${path}/batch/create`,
      body: { inputs: missing.map((field) => propertyOf(labelled(field, labels))) },
      reads: batch(property),
    });
    if (many.failure && many.status === 403) return refused(many, many.failure);
    // One property that cannot be made may fail the whole batch: what is not there now is tried by itself.
    const made = new Set(many.value?.done.map(({ name }) => name));
    return Promise.all(
      missing.map((field) =>
        made.has(field.name) ? { subject: subjectOf(field), state: 'created' as const } : createOne(field, labels),
      ),
    );
  }

  async function createOne(field: AccountField, labels: FieldLabels | undefined): Promise<Finding> {
    const subject = subjectOf(field);
    const { status, failure } = await inspect(client, {
      lane: 'write',
      method: 'POST',
      path,
      body: propertyOf(labelled(field, labels)),
      reads: anything,
    });
    if (!failure) return { subject, state: 'created' };
    if (status !== 409) return blocked(subject, failure);
    const one = { lane: 'read', method: 'GET', path: `${path}/${field.name}`, reads: property } as const;
    const { value: existing } = await inspect(client, one);
    return existing && !existing.archived ? repairOptions(field, existing) : archivedFinding(field);
  }

  async function repairOptions(field: AccountField, existing: Property): Promise<Finding> {
    const fit = compare(field, existing);
    if (!('lacks' in fit)) return fieldFinding(field, existing);
    const { failure } = await inspect(client, {
      lane: 'write',
      method: 'PATCH',
      path: `${path}/${field.name}`,
      body: { options: mergeOptions(existing, fit.lacks) },
      reads: anything,
    });
    return failure ? blocked(subjectOf(field), failure) : { subject: subjectOf(field), state: 'repaired' };
  }

  async function archive(field: AccountField): Promise<Finding> {
    const subject = subjectOf(field);
    const one = { lane: 'write', method: 'DELETE', path: `${path}/${field.name}`, reads: anything } as const;
    const { status, failure } = await inspect(client, one);
    if (failure && status !== 404) return blocked(subject, failure);
    return {
      subject,
      state: 'removed',
      detail: `The ${noun} property ${field.name} was archived, with all its values.`,
    };
  }

  function fieldFinding(field: AccountField, existing: Property | undefined): Finding {
    const subject = subjectOf(field);
    if (!existing) return { subject, state: 'missing', detail: `There is no ${noun} property ${field.name} yet.` };
    const fit = compare(field, existing);
    if ('lacks' in fit) {
      const values = fit.lacks.map(({ value }) => value).join(', ');
      return { subject, state: 'missing', detail: `The ${noun} property ${field.name} lacks the options ${values}.` };
    }
    if (fit.fits) return { subject, state: 'fine' };
    const remedy =
      'Rename or delete it in HubSpot, so that it can be made anew; nothing is written into it until then.';
    return { subject, state: 'blocked', detail: `${field.name}: ${fit.because}.`, remedy };
  }

  function archivedFinding(field: AccountField): Finding {
    const detail = `An archived ${noun} property has the name ${field.name}.`;
    return {
      subject: subjectOf(field),
      state: 'blocked',
      detail,
      remedy: 'Restore it in HubSpot, or delete it for good.',
    };
  }

  return {
    look,

    check: ({ active, archived }) =>
      fields.map((field) =>
        archived.has(field.name) ? archivedFinding(field) : fieldFinding(field, active.get(field.name)),
      ),

    async ensure(standing, labels) {
      const created = await createMissing(standing, labels);
      const done = new Set(created.map(({ subject }) => subject));
      const kept = fields.filter((field) => !done.has(subjectOf(field)));
      const others = kept.map((field) => {
        const existing = standing.active.get(field.name);
        return existing ? repairOptions(field, existing) : archivedFinding(field);
      });
      return [...created, ...(await Promise.all(others))];
    },

    async remove({ active }) {
      const ours = fields.filter(({ name }) => active.get(name)?.description?.trimEnd().endsWith(fieldMark));
      const findings = await Promise.all(ours.map(archive));
      const names = new Set(ours.map(({ name }) => name));
      const others = [...active.values()].filter(
        ({ name, groupName }) => groupName === fieldGroup.key && !names.has(name),
      );
      if (ours.length > 0 && others.length === 0 && findings.every(({ state }) => state === 'removed')) {
        const group = {
          lane: 'write',
          method: 'DELETE',
          path: `${path}/groups/${fieldGroup.key}`,
          reads: anything,
        } as const;
        await inspect(client, group);
      }
      return findings;
    },
  };
}

function subjectOf(field: AccountField): string {
  return `field ${field.key}`;
}
