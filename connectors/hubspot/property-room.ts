import type { Finding } from '../../src/connector.ts';
import { type AccountField, type FieldProfile, isCoreField } from '../../src/model/account-fields.ts';
import { propertyLimits } from './account-schema.ts';
import { type HubspotClient, paths } from './client.ts';
import type { Fault } from './fault.ts';
import { inspect } from './inspection.ts';
import { say } from './messages.ts';
import { aboutFields, type ObjectNoun } from './property-findings.ts';

/**
 * How many more custom properties the plan has room for on this type of object. Nothing where HubSpot does not tell: the
 * token may lack a right, and the address may be missing.
 *
 * @param objectTypeId HubSpot's number for the type, e.g. `0-1`
 */
export async function readRoom(client: HubspotClient, objectTypeId: string): Promise<number | undefined> {
  const call = { lane: 'read', method: 'GET', path: paths.propertyLimits, reads: propertyLimits } as const;
  const { value } = await inspect(client, call);
  const ofType = value?.byObjectType.find((one) => one.objectTypeId === objectTypeId);
  const left = [difference(ofType?.limit, ofType?.usage), difference(value?.overallLimit, value?.overallUsage)];
  const known = left.filter((room) => room !== undefined);
  return known.length === 0 ? undefined : Math.max(0, Math.min(...known));
}

function difference(limit: number | undefined, usage: number | undefined): number | undefined {
  return limit === undefined || usage === undefined ? undefined : limit - usage;
}

/**
 * Which of the missing properties are created, the most important first: all of them where there is room for all. Where
 * there is not, only the core ones, unless an admin wants as many as there is room for.
 */
export function creatable(
  missing: readonly AccountField[],
  { room, profile }: { room: number | undefined; profile: FieldProfile | undefined },
): readonly AccountField[] {
  if (room === undefined || missing.length <= room) return missing;
  return (profile === 'full' ? missing : missing.filter(isCoreField)).slice(0, room);
}

/** Whether HubSpot refused to create a property because the plan has no room for another one. It documents no code. */
export function isPlanFull({ category, codes, text }: Fault): boolean {
  const kinds = [category, ...codes].filter((kind) => kind !== undefined);
  return (
    kinds.some((kind) => /limit|quota/iu.test(kind)) ||
    (/\b(?:limit|maximum|quota)\b/iu.test(text) && /propert(?:y|ies)/iu.test(text))
  );
}

/**
 * One finding for all properties that the plan has no room for.
 *
 * @param noun as findings call the type of object
 * @param without our keys of all fields that the account goes without
 */
export function noRoomFinding(noun: ObjectNoun, missing: number, without: readonly string[]): Finding {
  return {
    about: aboutFields(noun),
    state: 'blocked',
    ...say({ code: 'hubspot.no_room', params: { kind: noun, count: missing } }),
    fields: without,
  };
}
