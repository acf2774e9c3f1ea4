import { Router } from 'express';
import { z } from 'zod';
import { answerBatch, missingInBatch, verifyBatch } from './batches.ts';
import { readBody, readQuery } from './inputs.ts';
import { type ObjectType, PropertyInputs, present } from './object-type.ts';
import { verifyValues } from './property-values.ts';
import type { RecordRoutesOptions } from './record-routes.ts';
import type { CrmRecord } from './records.ts';
import { invalid } from './refusals.ts';

const BatchUpdate = z.strictObject({ inputs: z.array(z.strictObject({ id: z.string(), properties: PropertyInputs })) });
const BatchRead = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string() })),
  properties: z.array(z.string()).default([]),
  // The newer versions require it.
  propertiesWithHistory: z.array(z.string()),
  idProperty: z.literal('email').optional(),
});

/** With the history of a property a batch takes fewer. */
const largestBatchWithHistory = 50;

/** `/crm/objects/<version>/<type>/batch`: records by the hundred. */
export function batchRoutes({ type, definitions, external, verifyWritable, clock }: RecordRoutesOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { properties: defined, rules } = definitions;

  router.post('/batch/read', (request, response) => {
    readQuery(request, ['archived']);
    const { inputs, properties, propertiesWithHistory, idProperty } = readBody(BatchRead, request);
    const ids = inputs.map(({ id }) => id);
    verifyBatch(ids, propertiesWithHistory.length > 0 ? largestBatchWithHistory : undefined);
    const find = idProperty === 'email' ? findByPrimaryEmail(type) : type.findByOwnId;
    const found = ids.map(find).filter((record) => record !== undefined);
    const missing = ids.filter((id) => !find(id));
    answerBatch(response, {
      results: found.map((record) => present(type, record, properties, defined, propertiesWithHistory)),
      errors: missingInBatch(missing, type.label),
      succeeded: 200,
      at: clock(),
    });
  });

  router.post('/batch/update', (request, response) => {
    readQuery(request, []);
    const { inputs } = readBody(BatchUpdate, request);
    const ids = inputs.map(({ id }) => id);
    verifyBatch(ids);
    // One value that is not valid refuses them all; one record that is not there does not.
    const writes = inputs.map(({ id, properties }) => ({
      id,
      values: verifyValues(defined, properties, { external, rules }),
    }));
    verifyWritable(request.baseUrl + request.path, ids);
    const results = writes
      .filter(({ id }) => type.findByOwnId(id))
      .map(({ id, values }) => present(type, type.update(id, values, 'INTEGRATION'), [...values.keys()], defined));
    const missing = ids.filter((id) => !type.findByOwnId(id));
    answerBatch(response, { results, errors: missingInBatch(missing, type.label), succeeded: 200, at: clock() });
  });

  return router;
}

/** A secondary address finds its contact one by one, and not in a batch. */
function findByPrimaryEmail(type: ObjectType): (email: string) => CrmRecord | undefined {
  const { findByEmail } = type;
  if (!findByEmail) throw invalid('email is not a unique property of this object type.');
  return (email) => {
    const record = findByEmail(email);
    return record?.properties.get('email') === email.toLowerCase() ? record : undefined;
  };
}
