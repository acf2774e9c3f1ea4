import { z } from 'zod';
import type { Guide, Send } from '../../connector.ts';
import { BadRequest, NotFound, type RequestError, Unprocessable } from '../../model/errors.ts';
import { readFields } from '../../model/field-problems.ts';
import type { FieldMessage, FieldProblem } from '../../model/messages/field-message.ts';
import { describeSettings } from '../../model/setting.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { ConnectionsContext, Offer } from './context.ts';
import type { ConnectionRow } from './queries/connections.ts';
import { openCredentials, saveCredential } from './queries/credentials.ts';

/** What somebody filled in, by the connector's own settings. */
export type Keys = Readonly<Record<string, string>>;

const slot = 'keys';

const savedKeys = z.strictObject({ keys: z.record(z.string(), z.string()), simulated: z.boolean() });

/** @throws NotFound when there is nothing of this name to be connected */
export function requireOffer({ offers }: ConnectionsContext, connector: string): Offer {
  const offer = offers.find((candidate) => candidate.connector.name === connector);
  if (!offer) throw new NotFound('connector');
  return offer;
}

/**
 * The connector's settings, from what an admin filled in.
 *
 * @throws RequestError naming each field and what to do about it
 */
export function readKeys(
  { typedHosts }: Pick<ConnectionsContext, 'typedHosts'>,
  offer: Offer,
  given: Keys,
): { keys: Keys; settings: unknown } {
  const { connector, simulated, takesAddress } = offer;
  const { address } = connector.guide;
  const known = new Set(describeSettings(connector.settings).map(({ key }) => key));
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''));
  const unknown = Object.keys(filled).filter((key) => !known.has(key));
  const elsewhere = simulated && filled[address] !== undefined && filled[address] !== simulated[address];
  const isClosed = !simulated && !takesAddress && filled[address] !== undefined;
  const host = isClosed || simulated ? undefined : URL.parse(filled[address] ?? '')?.hostname;
  const keys = { ...filled, ...(simulated?.[address] === undefined ? {} : { [address]: simulated[address] }) };
  const read = readFields<z.ZodType>(connector.settings as z.ZodType, keys, (path) => String(path[0] ?? ''));
  const problems: FieldProblem[] = [
    ...unknown.map((key) => aboutField(key, { code: 'field.not_a_setting', params: { system: connector.title } })),
    ...(elsewhere ? [aboutField(address, { code: 'field.address_of_sandbox', params: {} })] : []),
    ...(isClosed ? [aboutField(address, { code: 'field.address_closed', params: {} })] : []),
    ...(host && !typedHosts.vendor(host)
      ? [aboutField(address, { code: 'field.address_not_public', params: {} })]
      : []),
    ...(read.problems ?? []),
    ...(read.problems || connector.connects(read.data) ? [] : missingIn(connector.guide, keys)),
  ];
  if (problems.length > 0) {
    const message = { code: 'keys_invalid', params: { system: connector.title } } as const;
    throw new BadRequest(message, { problems: inSettings(offer, problems) });
  }
  return { keys, settings: read.data };
}

const aboutField = (field: string, message: FieldMessage): FieldProblem => ({ field, message });

/** How requests go out with these keys. */
export function chooseSend(
  { send }: Pick<ConnectionsContext, 'send'>,
  { connector: { guide }, simulated }: Offer,
  keys: Keys,
  typed: Send = send.typed,
): Send {
  if (simulated) return send.operator;
  return keys[guide.address] === undefined ? send.vendor : typed;
}

/** What is left out of the way that most was filled in of. */
function missingIn({ keys: ways }: Guide, keys: Keys): FieldProblem[] {
  const filledIn = (needs: readonly string[]) => needs.filter((key) => keys[key] !== undefined).length;
  const [nearest] = ways.toSorted((a, b) => filledIn(b.needs) - filledIn(a.needs));
  return (nearest?.needs ?? [])
    .filter((key) => keys[key] === undefined)
    .map((field) => aboutField(field, { code: 'field.required', params: {} }));
}

/** The fields as the API names them, with the labels that an admin sees in the place of the settings' keys. */
export function inSettings({ connector: { guide } }: Offer, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map(({ field, message }) => ({
    field: field === '' ? 'settings' : `settings.${field}`,
    message:
      message.code === 'field.required_with'
        ? { ...message, params: { setting: guide.fields[message.params.setting]?.label ?? message.params.setting } }
        : message,
  }));
}

/**
 * The answer to keys that open no account here. An account that is connected in another workspace gets it as well, so
 * that nobody learns which accounts others have connected.
 */
export function unusableKeys(offer: Offer, problems: readonly FieldProblem[] = []): RequestError {
  const unknown = aboutField('', { code: 'field.keys_unusable', params: {} });
  const named = inSettings(offer, problems.length > 0 ? problems : [unknown]);
  return new Unprocessable({ code: 'keys_refused', params: { system: offer.connector.title } }, { problems: named });
}

/** Of a connection whose keys were filled in here: the guide with the labels that they are known by. */
export function guideFor(
  offers: readonly Offer[],
  { origin, connector: name }: Pick<ConnectionRow, 'origin' | 'connector'>,
): Guide | undefined {
  return origin === 'console' ? offers.find(({ connector }) => connector.name === name)?.connector.guide : undefined;
}

export async function saveKeys(
  db: Queryable,
  { encryption, clock }: ConnectionsContext,
  connectionId: string,
  { keys, offer }: { keys: Keys; offer: Offer },
): Promise<void> {
  const value = JSON.stringify({ keys, simulated: offer.simulated !== undefined } satisfies z.input<typeof savedKeys>);
  await saveCredential(db, encryption, { connectionId, name: slot, value }, clock());
}

/**
 * The settings of a connection that was made by keys.
 *
 * @returns nothing when they cannot be unsealed any more, when they are of the sandbox and this is not, or the other way
 *   round, or when they hold an address and none may be typed any more
 */
export async function readSavedKeys(
  context: ConnectionsContext,
  offer: Offer,
  connectionId: string,
): Promise<{ settings: unknown; send: Send } | undefined> {
  const { database, encryption, clock } = context;
  const plain = await openCredentials(database, encryption, connectionId, clock).read(slot);
  if (plain === undefined) return undefined;
  const { keys, simulated } = savedKeys.parse(JSON.parse(plain));
  if (simulated !== (offer.simulated !== undefined)) return undefined;
  const { address } = offer.connector.guide;
  if (!simulated && keys[address] !== undefined && !offer.takesAddress) return undefined;
  // The sandbox may have moved to another port since.
  const moved = offer.simulated?.[address];
  const read = offer.connector.settings.safeParse({ ...keys, ...(moved === undefined ? {} : { [address]: moved }) });
  return read.success ? { settings: read.data, send: chooseSend(context, offer, keys) } : undefined;
}
