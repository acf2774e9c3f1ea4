import { z } from 'zod';

const word = z.string().optional().catch(undefined);

const complaint = z.object({
  category: word,
  subCategory: word,
  code: word,
  message: word,
  context: z.record(z.string(), z.unknown()).catch({}),
});

/**
 * What HubSpot says is wrong: a whole answer, or one item of a 207.
 *
 * `text` may quote a contact's data: it is for recognizing what happened and must not be passed on.
 */
export const fault = complaint
  .extend({ policyName: word, errors: z.array(complaint).catch([]) })
  .catch({ context: {}, errors: [] })
  .transform(({ errors, policyName, ...whole }) => {
    const all = [whole, ...errors];
    const listed = all.flatMap(({ message }) => readListed(message ?? ''));
    const told = (...keys: string[]) => all.flatMap(({ context }) => keys.flatMap((key) => strings(context[key])));
    return {
      category: whole.category,
      codes: [
        ...all.flatMap(({ code, subCategory }) => [code, subCategory]),
        ...listed.map(({ error }) => error),
      ].filter((code) => code !== undefined),
      properties: [
        ...told('propertyName', 'propertyNames', 'properties'),
        ...listed.map(({ name }) => name).filter((name) => name !== undefined),
      ],
      scopes: told('requiredGranularScopes', 'requiredScopes'),
      ids: told('ids', 'id', 'objectId'),
      policy: policyName,
      text: all.map(({ message }) => message ?? '').join('\n'),
    };
  });
export type Fault = z.infer<typeof fault>;

const listedFaults = z.array(z.object({ error: word, name: word }));

const listIntroduction = 'Property values were not valid: ';

/** Values that are not valid come as a list in JSON behind these words, sometimes there alone. */
function readListed(message: string): z.infer<typeof listedFaults> {
  if (!message.startsWith(listIntroduction)) return [];
  try {
    return listedFaults.parse(JSON.parse(message.slice(listIntroduction.length)));
  } catch {
    return [];
  }
}

function strings(value: unknown): string[] {
  return [value].flat().flatMap((item) => (typeof item === 'string' || typeof item === 'number' ? [String(item)] : []));
}
