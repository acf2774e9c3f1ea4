import { Router } from 'express';
import { readQuery } from './inputs.ts';
import { objectTypeIds } from './object-type.ts';
import type { Definitions } from './property-definitions.ts';
import type { ObjectName } from './records.ts';
import { missingScopes, Refusal } from './refusals.ts';

/** Whether the account tells how many properties there may be: some tokens may not ask, and the address may be missing. */
export type LimitsAnswer = { status: 200 | 403 | 404 };

/** `/crm/limits/<version>/custom-properties`: how many properties of its own the account has, and may have. */
export function propertyLimitRoutes(
  definitions: Readonly<Record<ObjectName, Definitions>>,
  answer: LimitsAnswer,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/custom-properties', (request, response) => {
    readQuery(request, []);
    if (answer.status === 403) throw missingScopes(['crm.objects.contacts.read']);
    if (answer.status === 404) throw new Refusal(404, 'resource not found');
    const byObjectType = (Object.keys(definitions) as ObjectName[]).map((object) => {
      const { limit, usage } = definitions[object];
      return {
        ...{ objectTypeId: objectTypeIds[object], singularLabel: object.slice(0, -1), pluralLabel: object },
        ...{ limit, usage: usage(), percentage: (100 * usage()) / limit },
      };
    });
    const overallUsage = byObjectType.reduce((sum, { usage }) => sum + usage, 0);
    response.json({ byObjectType, overallLimit: 10_000, overallUsage, overallPercentage: overallUsage / 100 });
  });
  return router;
}
