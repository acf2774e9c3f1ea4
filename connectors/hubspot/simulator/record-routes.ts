import { type Request, Router } from 'express';
import { z } from 'zod';
import { type Associations, presentAssociations } from './associations.ts';
import { readBody, readQuery } from './inputs.ts';
import { type ObjectType, PropertyInputs, present } from './object-type.ts';
import type { Definitions } from './property-definitions.ts';
import { type ExternalOptions, verifyValues } from './property-values.ts';
import type { CrmRecord } from './records.ts';
import { invalid, objectNotFound } from './refusals.ts';

const Written = z.strictObject({ properties: PropertyInputs });
const Created = z.strictObject({ properties: PropertyInputs, associations: z.array(z.never()).optional() });

export type RecordRoutesOptions = {
  type: ObjectType;
  definitions: Definitions;
  associations: Associations;
  external: ExternalOptions;
  /** Throws when a write of these records is to fail. */
  verifyWritable: (path: string, ids: readonly string[]) => void;
  clock: () => Date;
};

/** `/crm/objects/<version>/<type>`: records one by one. */
export function recordRoutes(options: RecordRoutesOptions): Router {
  const { type, associations, external, verifyWritable } = options;
  const { properties: defined, rules } = options.definitions;
  const router = Router({ caseSensitive: true, strict: true });

  function recordOf(request: Request<{ id: string }>, idProperty: string | undefined): CrmRecord {
    const { id } = request.params;
    const find = idProperty === 'email' ? type.findByEmail : idProperty === undefined ? type.find : undefined;
    if (!find) throw invalid(`${idProperty} is not a unique property of this object type.`);
    const record = find(id);
    if (!record) throw objectNotFound(id);
    return record;
  }

  router.post('/', (request, response) => {
    readQuery(request, []);
    const values = verifyValues(defined, readBody(Created, request).properties, { external, rules });
    const record = type.create(values, 'INTEGRATION');
    response.status(201).json(present(type, record, [...values.keys()], defined));
  });

  router.get('/:id', (request, response) => {
    const query = readQuery(request, ['properties', 'propertiesWithHistory', 'associations', 'archived', 'idProperty']);
    const record = recordOf(request, query.one('idProperty'));
    if (query.one('archived') === 'true') throw objectNotFound(request.params.id);
    const linked = presentAssociations(associations, type.object, record.id, query.list('associations'));
    const shown = present(type, record, query.list('properties'), defined, query.list('propertiesWithHistory'));
    response.json({ ...shown, ...linked });
  });

  router.patch('/:id', (request, response) => {
    const { id } = recordOf(request, readQuery(request, ['idProperty']).one('idProperty'));
    const values = verifyValues(defined, readBody(Written, request).properties, { external, rules });
    verifyWritable(request.baseUrl + request.path, [id]);
    response.json(present(type, type.update(id, values, 'INTEGRATION'), [...values.keys()], defined));
  });

  return router;
}
