import { z } from 'zod';
import { rows } from '../kit/answer-rows.ts';
import { fullName, id, word } from './shapes.ts';

/** The account itself: its people, its lists, its definitions. Lenient, and in our own words, as in `schema.ts`. */
export const account = z
  .object({ portalId: id, timeZone: word, uiDomain: word })
  .transform(({ portalId, timeZone, uiDomain }) => ({
    id: portalId,
    timeZone,
    // Links lead there: nothing but a host of HubSpot's own.
    host: uiDomain !== undefined && /^(?:[a-z0-9-]+\.)+hubspot\.com$/u.test(uiDomain) ? uiDomain : undefined,
  }));

/** Tokens for an account, for so many seconds. A refresh token that is not given anew stays as it was. */
export const granted = z
  .object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1).optional().catch(undefined),
    expires_in: z.coerce.number().positive().catch(1800),
    hub_id: id.optional().catch(undefined),
  })
  .transform((grant) => ({
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token,
    seconds: grant.expires_in,
    account: grant.hub_id,
  }));

/** HubSpot's words for why there are no tokens, e.g. `BAD_REFRESH_TOKEN` and `invalid_grant`; its prose stays out. */
export const grantRefusal = z
  .object({ status: word, error: word, category: word })
  .catch({ status: undefined, error: undefined, category: undefined })
  .transform(({ status, error, category }) =>
    [status, error, category].flatMap((said) =>
      said !== undefined && said !== 'error' && /^[A-Za-z_]{3,60}$/u.test(said) ? [said] : [],
    ),
  );

const team = z
  .object({ id, name: word, primary: z.boolean().optional().catch(undefined) })
  .transform(({ primary, ...rest }) => ({ ...rest, primary: primary ?? false }));

export const owner = z
  .object({ firstName: word.nullable(), lastName: word.nullable(), teams: z.array(team).catch([]) })
  .transform(({ firstName, lastName, teams }) => ({ name: fullName(firstName, lastName), teams }));

export const list = z
  .object({ list: z.object({ objectTypeId: word }) })
  .transform(({ list: { objectTypeId } }) => ({ ofContacts: objectTypeId === '0-1' }));

export const membership = z.object({ recordId: id });

const flag = z.boolean().optional().catch(undefined);

export const property = z.object({
  name: z.string(),
  type: word,
  fieldType: word,
  groupName: word,
  description: word,
  archived: flag,
  hasUniqueValue: flag,
  calculated: flag,
  externalOptions: flag,
  modificationMetadata: z.object({ readOnlyValue: flag }).optional().catch(undefined),
  // Kept whole: a change of options sends all of them back.
  options: z
    .array(z.looseObject({ value: z.string(), displayOrder: z.number().optional().catch(undefined) }))
    .catch([]),
});
export type Property = z.infer<typeof property> & {
  /** What its values have to meet, where HubSpot tells. */
  rules?: readonly ValidationRule[];
};

const validationRule = z.object({
  ruleType: z.string().regex(/^[A-Z][A-Z_]{1,60}$/u),
  ruleArguments: z.array(z.coerce.string()).catch([]),
});
export type ValidationRule = z.infer<typeof validationRule>;

/** The rules of one property: https://developers.hubspot.com/docs/api-reference/latest/crm/property-validations/guide */
export const propertyValidations = z
  .object({ propertyName: z.string(), propertyValidationRules: rows(validationRule) })
  .transform(({ propertyName, propertyValidationRules }) => ({ name: propertyName, rules: propertyValidationRules }));

const count = z.coerce.number().optional().catch(undefined);

/** How many custom properties the plan has room for: https://developers.hubspot.com/docs/api-reference/latest/crm/limits-tracking/get-custom-properties */
export const propertyLimits = z.object({
  byObjectType: z.array(z.object({ objectTypeId: word, limit: count, usage: count })).catch([]),
  overallLimit: count,
  overallUsage: count,
});
