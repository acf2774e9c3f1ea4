import type { Definitions, PropertyDefinition } from './property-definitions.ts';
import { meets, type ValidationRule } from './property-validations.ts';
import { type ErrorDetail, invalidValues } from './refusals.ts';

/** The allowed values of a property whose options are kept elsewhere; nothing where any value will do. */
export type ExternalOptions = (property: string) => readonly string[] | undefined;

/** As HubSpot writes an instant: without milliseconds where there are none. */
export function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/**
 * The values in the form in which they are stored; an empty string clears.
 *
 * @throws Refusal naming every property that does not exist, is read-only or does not take its value
 */
export function verifyValues(
  definitions: ReadonlyMap<string, PropertyDefinition>,
  values: Readonly<Record<string, string | number | boolean>>,
  { external, rules }: { external: ExternalOptions; rules: Definitions['rules'] },
): ReadonlyMap<string, string> {
  const stored = new Map<string, string>();
  const errors: ErrorDetail[] = [];
  for (const [name, raw] of Object.entries(values)) {
    const definition = definitions.get(name);
    const outcome = definition ? verifyValue(definition, String(raw), external) : doesNotExist(name);
    const unmet = rules.get(name)?.find((rule) => raw !== '' && !meets(rule, String(raw)));
    if (unmet) errors.push({ ...breaksRule(unmet), context: { propertyName: [name] } });
    else if (typeof outcome === 'string') stored.set(name, outcome);
    else errors.push({ ...outcome, context: { propertyName: [name] } });
  }
  if (errors.length > 0) throw invalidValues(errors);
  return stored;
}

type Problem = { message: string; code: string };

function doesNotExist(name: string): Problem {
  return { message: `Property "${name}" does not exist`, code: 'PROPERTY_DOESNT_EXIST' };
}

function breaksRule({ ruleType }: ValidationRule): Problem {
  return { message: `The value does not meet the validation rule ${ruleType}.`, code: 'PROPERTY_VALIDATION_RULE' };
}

function verifyValue(definition: PropertyDefinition, raw: string, external: ExternalOptions): string | Problem {
  const { name, type, fieldType, options, externalOptions, modificationMetadata } = definition;
  if (modificationMetadata.readOnlyValue) {
    return { message: `"${name}" is a read only property; its value cannot be set.`, code: 'READ_ONLY_VALUE' };
  }
  if (raw === '') return raw;
  switch (type) {
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(raw)
        ? raw
        : { message: `${raw} was not a valid number.`, code: 'INVALID_NUMBER' };
    case 'datetime':
      return verifyInstant(raw);
    case 'date':
      return verifyDay(raw);
    case 'string':
      return raw.length <= 65_536
        ? raw
        : { message: 'The value is longer than 65536 characters.', code: 'INVALID_LENGTH' };
    case 'bool':
    case 'enumeration': {
      const allowed = externalOptions ? external(name) : options.map(({ value }) => value);
      const chosen = fieldType === 'checkbox' ? raw.split(';').filter((part) => part !== '') : [raw];
      if (!allowed || chosen.every((value) => allowed.includes(value))) return raw;
      return { message: `${raw} was not one of the allowed options: [${allowed.join(', ')}]`, code: 'INVALID_OPTION' };
    }
  }
}

/** ISO 8601 in UTC, or milliseconds since 1970. */
function verifyInstant(raw: string): string | Problem {
  const isTimestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(raw) || /^-?\d+$/.test(raw);
  const date = new Date(/^-?\d+$/.test(raw) ? Number(raw) : raw);
  return isTimestamp && !Number.isNaN(date.getTime())
    ? instant(date)
    : { message: `${raw} was not a valid long.`, code: 'INVALID_LONG' };
}

/** `YYYY-MM-DD`, or the milliseconds of a midnight in UTC. */
function verifyDay(raw: string): string | Problem {
  const date = new Date(/^-?\d+$/.test(raw) ? Number(raw) : raw);
  if (!/^(\d{4}-\d{2}-\d{2}|-?\d+)$/.test(raw) || Number.isNaN(date.getTime())) {
    return { message: `${raw} was not a valid long.`, code: 'INVALID_LONG' };
  }
  if (date.getTime() % 86_400_000 !== 0) return { message: `${raw} is not midnight in UTC.`, code: 'INVALID_DATE' };
  return date.toISOString().slice(0, 10);
}
