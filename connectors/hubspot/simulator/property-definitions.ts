import type { ValidationRule } from './property-validations.ts';
import type { ObjectName } from './records.ts';
import { conflict, invalid, Refusal } from './refusals.ts';
import { standardGroups, standardProperties } from './standard-properties.ts';

export type PropertyOption = {
  label: string;
  value: string;
  description?: string | undefined;
  displayOrder: number;
  hidden: boolean;
};

export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';

/** A property as HubSpot shows it. */
export type PropertyDefinition = {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  description: string;
  groupName: string;
  options: readonly PropertyOption[];
  displayOrder: number;
  hidden: boolean;
  formField: boolean;
  hasUniqueValue: boolean;
  calculated: boolean;
  /** The allowed values are not among `options`: they are kept elsewhere, as owners are. */
  externalOptions: boolean;
  hubspotDefined: boolean;
  archived: boolean;
  modificationMetadata: { archivable: boolean; readOnlyDefinition: boolean; readOnlyValue: boolean };
  createdAt: string;
  updatedAt: string;
};

export type PropertyGroup = { name: string; label: string; displayOrder: number; archived: boolean };

/** What a caller may say about a property; the rest is HubSpot's. */
export type PropertyChanges = Partial<
  Pick<
    PropertyDefinition,
    'label' | 'type' | 'fieldType' | 'description' | 'groupName' | 'options' | 'displayOrder' | 'hidden' | 'formField'
  >
>;

export type PropertyRestriction = { readOnly?: boolean; unique?: boolean; rules?: readonly ValidationRule[] };

export type Definitions = {
  groups: ReadonlyMap<string, PropertyGroup>;
  properties: ReadonlyMap<string, PropertyDefinition>;
  /** Kept with their values, and with their names taken. */
  archived: ReadonlyMap<string, PropertyDefinition>;
  saveGroup(group: PropertyGroup): void;
  /** Takes a group away that holds no property. */
  removeGroup(name: string): void;
  /** Nothing happens when there is no such property. */
  archive(name: string): void;
  /** What an admin wants values to meet, by property. */
  rules: Map<string, readonly ValidationRule[]>;
  /** How an admin, or HubSpot, keeps a property from taking every value. */
  restrict(name: string, restriction: PropertyRestriction): void;
  /** How many properties of its own the account may have of this type; more are refused. */
  limit: number;
  /** How many it has. */
  usage(): number;
  /** Refuses more of its own than the account may have. */
  verifyRoom(count: number): void;
  create(
    definition: PropertyChanges & Pick<PropertyDefinition, 'name' | 'label' | 'type' | 'fieldType' | 'groupName'>,
  ): PropertyDefinition;
  change(name: string, changes: PropertyChanges): PropertyDefinition;
};

/** A paid plan's. */
const usualLimit = 1000;

const fieldTypes: Readonly<Record<PropertyType, readonly string[]>> = {
  bool: ['booleancheckbox'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox'],
  date: ['date'],
  datetime: ['date'],
  string: ['text', 'textarea', 'html', 'phonenumber', 'file'],
  number: ['number'],
};

/** The properties and groups of one object type: HubSpot's own at first, then also the account's. */
export function createDefinitions(object: ObjectName, clock: () => Date): Definitions {
  const groups = new Map(standardGroups[object].map((group) => [group.name, group]));
  const properties = new Map(
    standardProperties(object, clock().toISOString()).map((definition) => [definition.name, definition]),
  );

  const archived = new Map<string, PropertyDefinition>();

  function save(definition: PropertyDefinition): PropertyDefinition {
    const { type, fieldType, groupName, name } = definition;
    if (!fieldTypes[type].includes(fieldType)) throw invalid(`Field type ${fieldType} does not go with type ${type}.`);
    if (!groups.has(groupName)) throw invalid(`Property group ${groupName} does not exist.`);
    verifyOptions(definition);
    properties.set(name, definition);
    return definition;
  }

  const usage = () => [...properties.values()].filter(({ hubspotDefined }) => !hubspotDefined).length;

  const definitions: Definitions = {
    groups,
    properties,
    archived,
    rules: new Map(),
    restrict(name, { readOnly, unique, rules = [] }) {
      const present = properties.get(name);
      if (!present) throw propertyNotFound(name);
      const { modificationMetadata } = present;
      properties.set(name, {
        ...present,
        hasUniqueValue: unique ?? present.hasUniqueValue,
        modificationMetadata: {
          ...modificationMetadata,
          readOnlyValue: readOnly ?? modificationMetadata.readOnlyValue,
        },
      });
      definitions.rules.set(name, rules);
    },
    limit: usualLimit,
    usage,
    verifyRoom(count) {
      if (usage() + count <= definitions.limit) return;
      throw new Refusal(400, `The limit of ${definitions.limit} custom properties for this object type is reached.`, {
        category: 'VALIDATION_ERROR',
      });
    },
    saveGroup: (group) => void groups.set(group.name, group),
    removeGroup(name) {
      if ([...properties.values()].some(({ groupName }) => groupName === name)) {
        throw invalid(`Property group ${name} still holds properties.`);
      }
      groups.delete(name);
    },
    archive(name) {
      const present = properties.get(name);
      if (!present) return;
      if (!present.modificationMetadata.archivable) throw invalid(`Property ${name} is defined by HubSpot.`);
      properties.delete(name);
      archived.set(name, { ...present, archived: true });
    },
    create(definition) {
      const { name, label, type } = definition;
      if (!/^[a-z][a-z0-9_]*$/.test(name) || label === '') {
        throw invalid('Property names consist of lower case letters, digits and underscores; a label is not empty.');
      }
      if (properties.has(name) || archived.has(name)) throw conflict(`A property named '${name}' already exists.`);
      definitions.verifyRoom(1);
      const now = clock().toISOString();
      return save({
        description: '',
        options: type === 'bool' ? yesAndNo : [],
        displayOrder: -1,
        hidden: false,
        formField: false,
        ...definition,
        hasUniqueValue: false,
        calculated: false,
        externalOptions: false,
        hubspotDefined: false,
        archived: false,
        modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
        createdAt: now,
        updatedAt: now,
      });
    },
    change(name, changes) {
      const present = properties.get(name);
      if (!present) throw propertyNotFound(name);
      if (present.modificationMetadata.readOnlyDefinition) throw invalid(`Property ${name} is defined by HubSpot.`);
      return save({ ...present, ...changes, updatedAt: clock().toISOString() });
    },
  };
  return definitions;
}

export function propertyNotFound(name: string): Refusal {
  return new Refusal(404, `No property exists with name "${name}"`, { category: 'OBJECT_NOT_FOUND' });
}

const yesAndNo: readonly PropertyOption[] = [
  { label: 'Yes', value: 'true', displayOrder: 0, hidden: false },
  { label: 'No', value: 'false', displayOrder: 1, hidden: false },
];

function verifyOptions({ name, type, options }: PropertyDefinition): void {
  const values = options.map(({ value }) => value);
  const labels = options.map(({ label }) => label);
  if (new Set(values).size < values.length || new Set(labels).size < labels.length) {
    throw invalid(`Option labels and values of ${name} must be unique.`);
  }
  if (type === 'enumeration' && options.length === 0) throw invalid(`Enumeration ${name} needs options.`);
  if (type === 'bool' && values.toSorted().join() !== 'false,true') {
    throw invalid(`Boolean ${name} has exactly the options true and false.`);
  }
  if (type !== 'enumeration' && type !== 'bool' && options.length > 0) {
    throw invalid(`Property ${name} of type ${type} takes no options.`);
  }
}
