import type { Finding } from '../../src/connector.ts';
import {
  type AccountField,
  type FieldProfile,
  fieldsInProfile,
  isCoreField,
  labelled,
  leftOutFindings,
} from '../../src/model/account-fields.ts';
import { fieldGroup } from '../../src/model/crm-field-definitions.ts';
import type { UpstreamFailure } from '../../src/model/errors.ts';
import type { FieldLabels } from '../../src/model/locale.ts';
import { aboutField, isSameAbout, plainFinding, refusedFinding } from '../../src/model/messages/finding.ts';
import { type Property, property, propertyValidations, type ValidationRule } from './account-schema.ts';
import { type Answer, type HubspotClient, paths } from './client.ts';
import { compare, mergeOptions, toProperty } from './fields.ts';
import { anything, inspect, scopeFindings } from './inspection.ts';
import { archivedFinding, fieldFinding, type ObjectNoun } from './property-findings.ts';
import { removeProperties } from './property-removal.ts';
import { creatable, isPlanFull, noRoomFinding, readRoom } from './property-room.ts';
import { batch, page } from './schema.ts';

/** The properties of one type of object as they stand, by name. */
export type Standing = {
  active: ReadonlyMap<string, Property>;
  /** Names of ours that an admin has archived: HubSpot keeps them from being made anew. */
  archived: ReadonlySet<string>;
  /** How many more custom properties the plan has room for, where HubSpot tells. */
  room: number | undefined;
};

export type PropertyProvisioner = {
  noun: ObjectNoun;
  readStanding(): Promise<Answer<Standing>>;
  check(standing: Standing): readonly Finding[];
  /** @param labels what new ones are called; English unless given */
  ensure(standing: Standing, labels?: FieldLabels): Promise<readonly Finding[]>;
  /** Archives what carries our mark, and the group if nothing else is in it. */
  remove(standing: Standing): Promise<readonly Finding[]>;
};

/**
 * Our own properties of one type of object, and nobody else's.
 *
 * @param of.objectTypeId HubSpot's number for the type of object
 * @param of.profile which fields are created; absent: all, the core ones where the plan has no room for all
 */
export function createPropertyProvisioner(
  client: HubspotClient,
  {
    path,
    noun,
    objectTypeId,
    fields,
    profile,
    writeScope,
  }: {
    path: string;
    noun: ObjectNoun;
    objectTypeId: string;
    fields: readonly AccountField[];
    profile?: FieldProfile | undefined;
    writeScope: string;
  },
): PropertyProvisioner {
  /** Creating a property met a full plan: remembered for an account that does not tell how much room there is. */
  let isFull = false;

  async function readStanding(): Promise<Answer<Standing>> {
    const list = await inspect(client, { lane: 'read', method: 'GET', path, reads: page(property) });
    if (!list.value) return list;
    const isOurs = ({ name }: Property) => fields.some((field) => field.name === name);
    const rules = list.value.items.some(isOurs) ? await findRules() : new Map<string, readonly ValidationRule[]>();
    const active = new Map(
      list.value.items.map((found) => [found.name, { ...found, rules: rules.get(found.name) ?? [] }]),
    );
    const absent = fields.filter(({ name }) => !active.has(name));
    const archived = await findArchived(absent);
    const room = absent.length > archived.size ? await readRoom(client, objectTypeId) : undefined;
    return { status: list.status, value: { active, archived, room } };
  }

  /** What values have to meet, by property; nothing where HubSpot does not tell. */
  async function findRules(): Promise<ReadonlyMap<string, readonly ValidationRule[]>> {
    const path = `${paths.propertyValidations}/${objectTypeId}`;
    const { value } = await inspect(client, { lane: 'read', method: 'GET', path, reads: page(propertyValidations) });
    return new Map(value?.items.map(({ name, rules }) => [name, rules]));
  }

  /** What stands, what is to be created, and what the account goes without. */
  function sorted({ active, archived, room }: Standing) {
    const { included, leftOut } = fieldsInProfile(fields, profile, ({ name }) => active.has(name));
    const missing = included.filter(({ name }) => !active.has(name) && !archived.has(name));
    const toCreate = creatable(missing, { room: room ?? (isFull ? 0 : undefined), profile });
    return {
      standing: included.filter((field) => !missing.includes(field)),
      toCreate,
      noRoom: missing.filter((field) => !toCreate.includes(field)),
      leftOut,
    };
  }

  function withoutFindings(noRoom: readonly AccountField[], leftOut: readonly AccountField[]): readonly Finding[] {
    const without = [...noRoom, ...leftOut].map(({ key }) => key);
    return noRoom.length > 0 ? [noRoomFinding(noun, noRoom.length, without)] : leftOutFindings(leftOut);
  }

  async function findArchived(absent: readonly AccountField[]): Promise<ReadonlySet<string>> {
    if (absent.length === 0) return new Set();
    const query = { archived: 'true' };
    const { value } = await inspect(client, { lane: 'read', method: 'GET', path, query, reads: page(property) });
    const names = new Set(value?.items.map(({ name }) => name));
    return new Set(absent.map(({ name }) => name).filter((name) => names.has(name)));
  }

  /** @returns what was found of each that was tried, and those that the plan has no room for after all */
  async function create(
    toCreate: readonly AccountField[],
    { active }: Standing,
    labels: FieldLabels | undefined,
  ): Promise<{ findings: readonly Finding[]; noRoom: readonly AccountField[] }> {
    if (toCreate.length === 0) return { findings: [], noRoom: [] };
    const refused = (answer: Answer<unknown>, failure: UpstreamFailure) => ({
      findings: [
        ...(answer.status === 403 ? scopeFindings(answer, writeScope) : []),
        ...toCreate.map((field) => refusedFinding(aboutField(field), failure.why)),
      ],
      noRoom: [],
    });

    const grouped = [...active.values()].some(({ groupName }) => groupName === fieldGroup.key);
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
      body: { inputs: toCreate.map((field) => toProperty(labelled(field, labels))) },
      reads: batch(property),
    });
    const tooMany = many.failure !== undefined && isPlanFull(many.fault);
    if (tooMany) isFull = true;
    if (many.failure && many.status === 403 && !tooMany) return refused(many, many.failure);
    const made = new Set(many.value?.done.map(({ name }) => name));
    const left = toCreate.filter(({ name }) => !made.has(name));
    const created = toCreate.filter(({ name }) => made.has(name));
    const one = await createEach(tooMany && profile !== 'full' ? left.filter(isCoreField) : left, labels);
    return {
      findings: [...created.map((field) => plainFinding(aboutField(field), 'created')), ...one],
      noRoom: left.filter((field) => !one.some(({ about }) => isSameAbout(about, aboutField(field)))),
    };
  }

  /**
   * One property that cannot be made may fail a whole batch: each is tried by itself, the most important first, until
   * the plan has no room for another one. @returns nothing for those behind that one
   */
  async function createEach(left: readonly AccountField[], labels: FieldLabels | undefined): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const field of left) {
      const finding = await createOne(field, labels);
      if (!finding) {
        isFull = true;
        break;
      }
      findings.push(finding);
    }
    return findings;
  }

  /** @returns nothing where the plan has no room for it */
  async function createOne(field: AccountField, labels: FieldLabels | undefined): Promise<Finding | undefined> {
    const about = aboutField(field);
    const { status, failure, fault } = await inspect(client, {
      lane: 'write',
      method: 'POST',
      path,
      body: toProperty(labelled(field, labels)),
      reads: anything,
    });
    if (!failure) return plainFinding(about, 'created');
    if (status !== 409) return isPlanFull(fault) ? undefined : refusedFinding(about, failure.why);
    const one = { lane: 'read', method: 'GET', path: `${path}/${field.name}`, reads: property } as const;
    const { value: existing } = await inspect(client, one);
    return existing && !existing.archived ? repairOptions(field, existing) : archivedFinding(noun, field);
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
    return failure ? refusedFinding(aboutField(field), failure.why) : plainFinding(aboutField(field), 'repaired');
  }

  return {
    noun,
    readStanding,

    check(seen) {
      const { standing, toCreate, noRoom, leftOut } = sorted(seen);
      const { active, archived } = seen;
      return [
        ...[...standing, ...toCreate].map((field) =>
          archived.has(field.name) ? archivedFinding(noun, field) : fieldFinding(field, active.get(field.name)),
        ),
        ...withoutFindings(noRoom, leftOut),
      ];
    },

    async ensure(seen, labels) {
      isFull = false;
      const { standing, toCreate, noRoom, leftOut } = sorted(seen);
      const created = await create(toCreate, seen, labels);
      const others = standing.map((field) => {
        const existing = seen.active.get(field.name);
        return existing ? repairOptions(field, existing) : archivedFinding(noun, field);
      });
      return [
        ...created.findings,
        ...(await Promise.all(others)),
        ...withoutFindings([...noRoom, ...created.noRoom], leftOut),
      ];
    },

    remove: ({ active }) => removeProperties(client, { path, fields }, active),
  };
}
