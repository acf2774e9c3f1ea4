import { z } from 'zod';
import type { Guide, Send } from '../../connector.ts';
import { type InputProblem, InvalidInput, NotFound } from '../../errors.ts';
import { settingsOf } from '../../setting.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import { credentialsOf, keepCredential } from '../../store/credentials.ts';
import type { Queryable } from '../../store/database.ts';
import type { Context, Offer } from '../context.ts';

/** What somebody filled in, by the connector's own settings. */
export type Keys = Readonly<Record<string, string>>;

const slot = 'keys';

const kept = z.strictObject({ keys: z.record(z.string(), z.string()), simulated: z.boolean() });

/** @throws NotFound when there is nothing of this name to be connected */
export function offerOf({ offers }: Context, connector: string): Offer {
  const offer = offers.find((candidate) => candidate.connector.name === connector);
  if (!offer) throw new NotFound('there is no such connector');
  return offer;
}

/**
 * The connector's settings, from what an admin filled in.
 *
 * @throws InvalidInput naming each field and what to do about it
 */
export function readKeys(
  { typedHosts }: Pick<Context, 'typedHosts'>,
  offer: Offer,
  given: Keys,
): { keys: Keys; settings: unknown } {
  const { connector, simulated, takesAddress } = offer;
  const { address } = connector.guide;
  const known = new Set(settingsOf(connector.settings).map(({ key }) => key));
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''));
  const unknown = Object.keys(filled).filter((key) => !known.has(key));
  const elsewhere = simulated && filled[address] !== undefined && filled[address] !== simulated[address];
  const isClosed = !simulated && !takesAddress && filled[address] !== undefined;
  const host = isClosed || simulated ? undefined : URL.parse(filled[address] ?? '')?.hostname;
  const keys = { ...filled, ...(simulated?.[address] === undefined ? {} : { [address]: simulated[address] }) };
  const read = connector.settings.safeParse(keys);
  const problems = [
    ...unknown.map((key) => ({ field: key, problem: `is not a setting of ${connector.title}` })),
    ...(elsewhere ? [{ field: address, problem: 'the sandbox has simulated accounts only: leave it empty' }] : []),
    ...(isClosed ? [{ field: address, problem: addressIsClosed }] : []),
    ...(host && !typedHosts.vendor(host) ? [{ field: address, problem: hostIsClosed }] : []),
    ...(read.error?.issues ?? []).map(({ path, message }) => ({ field: String(path[0] ?? ''), problem: message })),
    ...(read.success && !connector.connects(read.data) ? missingIn(connector.guide, keys) : []),
  ];
  if (!read.success || problems.length > 0) throw refusedKeys(400, 'these keys make no connection', offer, problems);
  return { keys, settings: read.data };
}

const addressIsClosed =
  'is for whoever runs this service to set, in its environment: leave it empty, or have them open a network in ALLOW_PRIVATE_ADDRESSES';

const hostIsClosed =
  'is in no network that may be called: have whoever runs this service add it to ALLOW_PRIVATE_ADDRESSES, or use another address';

/** How requests go out with these keys. */
export function senderOf(
  { send }: Pick<Context, 'send'>,
  { connector: { guide }, simulated }: Offer,
  keys: Keys,
  typed: Send = send.typed,
): Send {
  if (simulated) return send.operator;
  return keys[guide.address] === undefined ? send.vendor : typed;
}

/** What is left out of the way that most was filled in of. */
function missingIn({ keys: ways }: Guide, keys: Keys): InputProblem[] {
  const filledIn = (needs: readonly string[]) => needs.filter((key) => keys[key] !== undefined).length;
  const [nearest] = ways.toSorted((a, b) => filledIn(b.needs) - filledIn(a.needs));
  return (nearest?.needs ?? [])
    .filter((key) => keys[key] === undefined)
    .map((field) => ({ field, problem: 'is missing' }));
}

/** A refusal in the words of whoever filled the fields in. */
export function refusedKeys(
  status: number,
  message: string,
  { connector: { guide } }: Offer,
  problems: readonly InputProblem[],
): InvalidInput {
  return new InvalidInput(message, {
    status,
    problems: problems.map(({ field, problem }) => ({
      field: field === '' ? 'settings' : `settings.${field}`,
      problem: inLabels(guide, problem),
    })),
  });
}

/**
 * The answer to keys that open no account here. An account that is connected in another workspace gets it as well, so
 * that nobody learns which accounts others have connected.
 */
export function unusableKeys(offer: Offer, problems: readonly InputProblem[] = []): InvalidInput {
  const unknown = {
    field: '',
    problem: 'cannot be used here: compare them with the vendor’s, or ask whoever runs this',
  };
  const message = `${offer.connector.title} does not take these keys; nothing was kept`;
  return refusedKeys(422, message, offer, problems.length > 0 ? problems : [unknown]);
}

/** A sentence that names settings, with the labels that an admin sees in their place. */
export function inLabels({ fields }: Guide, text: string): string {
  return text.replace(/\b[A-Z]+(?:_[A-Z]+)+\b/gu, (key) => {
    const label = fields[key]?.label;
    return label === undefined ? key : `“${label}”`;
  });
}

/** Of a connection whose keys were filled in here: the guide with the labels that they are known by. */
export function guideOf(
  offers: readonly Offer[],
  { origin, connector: name }: Pick<ConnectionRow, 'origin' | 'connector'>,
): Guide | undefined {
  return origin === 'console' ? offers.find(({ connector }) => connector.name === name)?.connector.guide : undefined;
}

/** Why a connection is refused, to whoever connected it. */
export function statusInLabels(
  offers: readonly Offer[],
  row: Pick<ConnectionRow, 'origin' | 'connector' | 'statusDetail'>,
): string | null {
  const guide = guideOf(offers, row);
  return guide && row.statusDetail !== null ? inLabels(guide, row.statusDetail) : row.statusDetail;
}

export async function keepKeys(
  db: Queryable,
  { sealing, clock }: Context,
  connectionId: string,
  { keys, offer }: { keys: Keys; offer: Offer },
): Promise<void> {
  const value = JSON.stringify({ keys, simulated: offer.simulated !== undefined } satisfies z.input<typeof kept>);
  await keepCredential(db, sealing, { connectionId, name: slot, value }, clock());
}

/**
 * The settings of a connection that was made by keys.
 *
 * @returns nothing when they cannot be unsealed any more, when they are of the sandbox and this is not, or the other way
 *   round, or when they hold an address and none may be typed any more
 */
export async function readKeptKeys(
  context: Context,
  offer: Offer,
  connectionId: string,
): Promise<{ settings: unknown; send: Send } | undefined> {
  const { database, sealing, clock } = context;
  const plain = await credentialsOf(database, sealing, connectionId, clock).read(slot);
  if (plain === undefined) return undefined;
  const { keys, simulated } = kept.parse(JSON.parse(plain));
  if (simulated !== (offer.simulated !== undefined)) return undefined;
  const { address } = offer.connector.guide;
  if (!simulated && keys[address] !== undefined && !offer.takesAddress) return undefined;
  // The sandbox may have moved to another port since.
  const moved = offer.simulated?.[address];
  const read = offer.connector.settings.safeParse({ ...keys, ...(moved === undefined ? {} : { [address]: moved }) });
  return read.success ? { settings: read.data, send: senderOf(context, offer, keys) } : undefined;
}
