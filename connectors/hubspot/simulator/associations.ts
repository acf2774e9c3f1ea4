import { type Request, Router } from 'express';
import { z } from 'zod';
import { answerBatch, failedInBatch, verifyBatch } from './batches.ts';
import { readBody, readQuery } from './inputs.ts';
import { type ObjectType, objectNamed } from './object-type.ts';
import type { ObjectName } from './records.ts';
import { Refusal } from './refusals.ts';

/** HubSpot's own numbers for "belongs to", one for each direction. */
const typeIds: Readonly<Record<ObjectName, number>> = { tickets: 16, contacts: 15 };
const names: Readonly<Record<ObjectName, string>> = { tickets: 'ticket_to_contact', contacts: 'contact_to_ticket' };

export type Associations = {
  associate(ticketId: string, recordId: string): void;
  /** Takes away all contacts of a ticket. */
  dissociate(ticketId: string): void;
  /** What belonged to the one record belongs to the other. */
  move(object: ObjectName, fromId: string, toId: string): void;
  /** The ids at the other end. */
  from(object: ObjectName, id: string): readonly string[];
};

/** Which contacts belong to which tickets. */
export function createAssociations(): Associations {
  let pairs: { tickets: string; contacts: string }[] = [];
  return {
    associate: (ticketId, recordId) => void pairs.push({ tickets: ticketId, contacts: recordId }),
    dissociate(ticketId) {
      pairs = pairs.filter(({ tickets }) => tickets !== ticketId);
    },
    move(object, fromId, toId) {
      const others = pairs.filter((pair) => pair[object] === toId).map((pair) => pair[otherEnd(object)]);
      pairs = pairs
        .filter((pair) => pair[object] !== fromId || !others.includes(pair[otherEnd(object)]))
        .map((pair) => (pair[object] === fromId ? { ...pair, [object]: toId } : pair));
    },
    from: (object, id) => pairs.filter((pair) => pair[object] === id).map((pair) => pair[otherEnd(object)]),
  };
}

/** What `?associations=` adds to a record. */
export function presentAssociations(
  associations: Associations,
  object: ObjectName,
  id: string,
  requested: readonly string[],
) {
  const unknown = requested.filter((name) => objectNamed(name) !== otherEnd(object));
  if (unknown.length > 0) throw new Refusal(400, 'Unable to infer object type from associations');
  const ids = associations.from(object, id);
  if (requested.length === 0 || ids.length === 0) return {};
  const results = ids.map((toId) => ({ id: toId, type: names[object] }));
  return { associations: { [otherEnd(object)]: { results } } };
}

const BatchRead = z.strictObject({ inputs: z.array(z.strictObject({ id: z.string(), after: z.string().optional() })) });
/** Of one batch, whatever it holds: more than of records. */
const largestBatch = 1000;

/** `/crm/associations/<version>/{from}/{to}/batch/read`, since 2026-09 the only list of them: a record without any is one of the errors. */
export function associationBatchRoutes(types: readonly ObjectType[], associations: Associations, clock: () => Date) {
  const router = Router({ caseSensitive: true, strict: true });
  router.post('/:from/:to/batch/read', (request: Request<{ from: string; to: string }>, response) => {
    readQuery(request, []);
    const type = types.find(({ object }) => object === objectNamed(request.params.from));
    if (!type || objectNamed(request.params.to) !== otherEnd(type.object)) {
      throw new Refusal(400, 'Unable to infer object type from the path');
    }
    const ids = readBody(BatchRead, request).inputs.map(({ id }) => id);
    verifyBatch(ids, largestBatch);
    const [linked, alone] = [true, false].map((has) =>
      ids.filter((id) => (type.findByOwnId(id) && associations.from(type.object, id).length > 0) === has),
    ) as [string[], string[]];
    const message = (id: string) => `No ${otherEnd(type.object)} is associated with ${type.object} ${id}.`;
    answerBatch(response, {
      results: linked.map((id) => ({
        from: { id },
        to: associations.from(type.object, id).map((toId) => presentLink(type.object, toId)),
      })),
      errors: alone.map((id) => failedInBatch('OBJECT_NOT_FOUND', message(id), { fromObjectId: [id] })),
      succeeded: 200,
      at: clock(),
    });
  });
  return router;
}

function presentLink(object: ObjectName, toId: string) {
  return {
    toObjectId: Number(toId),
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: typeIds[object], label: null }],
  };
}

function otherEnd(object: ObjectName): ObjectName {
  return object === 'tickets' ? 'contacts' : 'tickets';
}
