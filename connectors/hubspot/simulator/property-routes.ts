import { type Request, Router } from 'express';
import { z } from 'zod';
import { answerBatch, failedInBatch } from './batches.ts';
import { readBody, readQuery } from './inputs.ts';
import { objectNamed } from './object-type.ts';
import { type Definitions, type PropertyGroup, propertyNotFound } from './property-definitions.ts';
import type { ObjectName } from './records.ts';
import { conflict, Refusal } from './refusals.ts';

const Option = z.strictObject({
  label: z.string(),
  value: z.string(),
  description: z.string().optional(),
  displayOrder: z.number(),
  hidden: z.boolean(),
});
const PropertyFields = z.strictObject({
  label: z.string(),
  type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().exactOptional(),
  options: z.array(Option).exactOptional(),
  displayOrder: z.number().exactOptional(),
  hidden: z.boolean().exactOptional(),
  formField: z.boolean().exactOptional(),
});
const NewProperty = PropertyFields.extend({
  name: z.string(),
  // Unique values are not kept unique here, so nobody may rely on it.
  hasUniqueValue: z.literal(false).exactOptional(),
});
const ChangedProperty = z.strictObject({
  ...PropertyFields.shape,
  label: z.string().exactOptional(),
  type: PropertyFields.shape.type.exactOptional(),
  fieldType: z.string().exactOptional(),
  groupName: z.string().exactOptional(),
});
const NewProperties = z.strictObject({ inputs: z.array(NewProperty).min(1).max(100) });
const NewGroup = z.strictObject({
  name: z.string().min(1),
  label: z.string().min(1),
  displayOrder: z.number().default(-1),
});

/** `/crm/properties/<version>`: definitions and their groups. */
export function propertyRoutes(definitions: Readonly<Record<ObjectName, Definitions>>, clock: () => Date): Router {
  const router = Router({ caseSensitive: true, strict: true });

  function definitionsFor(request: Request<{ object: string }>): Definitions {
    const object = objectNamed(request.params.object);
    if (!object) throw new Refusal(404, 'Unable to infer object type from the path');
    return definitions[object];
  }

  router.get('/:object', (request, response) => {
    const archived = readQuery(request, ['archived']).one('archived') === 'true';
    const { properties, archived: put } = definitionsFor(request);
    response.json({ results: [...(archived ? put : properties).values()] });
  });

  router.post('/:object', (request, response) => {
    response.status(201).json(definitionsFor(request).create(readBody(NewProperty, request)));
  });

  router.post('/:object/batch/create', (request, response) => {
    const { inputs } = readBody(NewProperties, request);
    const { properties, archived, create, verifyRoom } = definitionsFor(request);
    const taken = inputs.filter(({ name }) => properties.has(name) || archived.has(name)).map(({ name }) => name);
    // Whether HubSpot creates a part of them is not documented: nobody may rely on it.
    verifyRoom(inputs.length - taken.length);
    const results = inputs.filter(({ name }) => !taken.includes(name)).map(create);
    const errors = taken.map((name) =>
      failedInBatch('CONFLICT', `A property named '${name}' already exists.`, { name: [name] }),
    );
    answerBatch(response, { results, errors, succeeded: 201, at: clock() });
  });

  router.get('/:object/groups', (request, response) => {
    readQuery(request, []);
    response.json({ results: [...definitionsFor(request).groups.values()] });
  });

  router.post('/:object/groups', (request, response) => {
    const group: PropertyGroup = { ...readBody(NewGroup, request), archived: false };
    const { groups, saveGroup } = definitionsFor(request);
    if (groups.has(group.name)) throw conflict(`A property group named '${group.name}' already exists.`);
    saveGroup(group);
    response.status(201).json(group);
  });

  router.get('/:object/groups/:name', (request, response) => {
    readQuery(request, []);
    const group = definitionsFor(request).groups.get(request.params.name);
    if (!group) throw new Refusal(404, 'Property group does not exist', { category: 'OBJECT_NOT_FOUND' });
    response.json(group);
  });

  router.get('/:object/:name', (request, response) => {
    const archived = readQuery(request, ['archived']).one('archived') === 'true';
    const { properties, archived: put } = definitionsFor(request);
    const definition = (archived ? put : properties).get(request.params.name);
    if (!definition) throw propertyNotFound(request.params.name);
    response.json(definition);
  });

  router.delete('/:object/groups/:name', (request, response) => {
    definitionsFor(request).removeGroup(request.params.name);
    response.status(204).end();
  });

  router.delete('/:object/:name', (request, response) => {
    definitionsFor(request).archive(request.params.name);
    response.status(204).end();
  });

  router.patch('/:object/:name', (request, response) => {
    response.json(definitionsFor(request).change(request.params.name, readBody(ChangedProperty, request)));
  });

  return router;
}
