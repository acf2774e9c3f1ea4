import { Router } from 'express';
import { readQuery } from './inputs.ts';
import { objectNamed } from './object-type.ts';
import type { Definitions } from './property-definitions.ts';
import type { ObjectName } from './records.ts';
import { Refusal } from './refusals.ts';

/** One of the rules that an admin gives a property. */
export type ValidationRule = { ruleType: string; ruleArguments: readonly string[] };

/** `/crm/property-validations/<version>`: what values of an account's properties have to meet. */
export function propertyValidationRoutes(definitions: Readonly<Record<ObjectName, Definitions>>): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/:object', (request, response) => {
    readQuery(request, []);
    const object = objectNamed(request.params.object);
    if (!object) throw new Refusal(404, 'Unable to infer object type from the path');
    const results = [...definitions[object].rules].map(([propertyName, rules]) => ({
      propertyName,
      propertyValidationRules: rules.map((rule) => ({ ...rule, shouldApplyNormalization: false })),
    }));
    response.json({ results });
  });
  return router;
}

/** Whether a value meets a rule; of the rules that are not known here none is met, so that nobody relies on one. */
export function meets({ ruleType, ruleArguments: [argument] }: ValidationRule, value: string): boolean {
  switch (ruleType) {
    case 'MAX_LENGTH':
      return value.length <= Number(argument);
    case 'MIN_LENGTH':
      return value.length >= Number(argument);
    case 'MAX_NUMBER':
      return Number(value) <= Number(argument);
    case 'MIN_NUMBER':
      return Number(value) >= Number(argument);
    case 'DECIMAL':
      return (value.split('.')[1] ?? '').length <= Number(argument);
    default:
      return false;
  }
}
