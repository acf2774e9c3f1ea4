import type { RecordField } from '../../src/domain/record-fields.ts';
import { longestComment } from '../../src/domain/response.ts';
import type { Property, ValidationRule } from './account-schema.ts';

/** Why HubSpot would refuse a write, and what a person can do about it. */
export type Obstacle = { because: string; remedy: string };

const elsewhere = 'give this field the name of another property under Fields';

/**
 * What would make HubSpot refuse values of ours although the property has the right type: known before the first write
 * fails.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/property-validations/guide
 */
export function findObstacle(field: RecordField, existing: Property): Obstacle | undefined {
  const { modificationMetadata, calculated, hasUniqueValue, externalOptions, rules = [] } = existing;
  if (modificationMetadata?.readOnlyValue || calculated)
    return {
      because: 'HubSpot sets the values of this property itself',
      remedy: `Rename it in HubSpot, or ${elsewhere}.`,
    };
  if (hasUniqueValue)
    return {
      because: 'no two records may have the same value in this property',
      remedy: `Delete the property in HubSpot so that it can be made anew, or ${elsewhere}.`,
    };
  if (externalOptions)
    return {
      because: 'the options of this property are kept elsewhere',
      remedy: `Rename it in HubSpot, or ${elsewhere}.`,
    };
  const unmet = rules.filter((rule) => !isSurelyMet(field, rule));
  if (unmet.length === 0) return undefined;
  const named = [...new Set(unmet.map(describeRule))].join(', ');
  return {
    because: `its validation rules may refuse values of ours: ${named}`,
    remedy: `Take these rules off the property in HubSpot, under Settings › Properties, or ${elsewhere}.`,
  };
}

/** Whether everything that we ever write meets the rule. HubSpot has rules for texts, numbers and dates alone. */
function isSurelyMet(field: RecordField, { ruleType, ruleArguments: [argument] }: ValidationRule): boolean {
  const limit = Number(argument);
  switch (field.type) {
    case 'choice':
    case 'flag':
      return true;
    case 'number':
      if (ruleType === 'MIN_NUMBER') return limit <= 0;
      if (ruleType === 'MAX_NUMBER') return limit >= (/_count$/u.test(field.key) ? mostAnswers : highestPoint);
      return ruleType === 'DECIMAL';
    case 'text':
    case 'long_text':
      if (ruleType === 'MIN_LENGTH') return limit <= 1;
      return ruleType === 'MAX_LENGTH' && limit >= (field.type === 'text' ? longestName : longestComment);
    default:
      return false;
  }
}

/** Of all scales. */
const highestPoint = 10;

/** Nobody answers so many surveys. */
const mostAnswers = 1000;

/** Keys of surveys, ids of tickets, names of agents. */
const longestName = 255;

/** In HubSpot's own words, as far as they are words. */
function describeRule({ ruleType, ruleArguments: [argument] }: ValidationRule): string {
  const isPlain = argument !== undefined && /^[\w.:+-]{1,40}$/u.test(argument);
  return isPlain ? `${ruleType} ${argument}` : ruleType;
}
