import type { AccountField } from '../../src/model/account-fields.ts';
import type { RecordField } from '../../src/model/crm-field-definitions.ts';
import type { ConnectorMessage } from '../../src/model/messages/failure-message.ts';
import { longestComment } from '../../src/model/response.ts';
import type { Property, ValidationRule } from './account-schema.ts';
import { say } from './messages.ts';

/**
 * What would make HubSpot refuse values of ours although the property has the right type: known before the first write
 * fails.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/property-validations/guide
 */
export function findObstacle(field: AccountField, existing: Property): ConnectorMessage | undefined {
  const { modificationMetadata, calculated, hasUniqueValue, externalOptions, rules = [] } = existing;
  const params = { name: field.name };
  if (modificationMetadata?.readOnlyValue || calculated) return say({ code: 'hubspot.property_read_only', params });
  if (hasUniqueValue) return say({ code: 'hubspot.property_unique', params });
  if (externalOptions) return say({ code: 'hubspot.property_options_elsewhere', params });
  const unmet = rules.filter((rule) => !isSurelyMet(field, rule));
  if (unmet.length === 0) return undefined;
  const named = [...new Set(unmet.map(describeRule))];
  return say({ code: 'hubspot.property_rules', params: { ...params, rules: named } });
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
