import type { CredentialSlot, Finding, Inspection } from '../../connector.ts';
import { Unavailable, UpstreamBusy } from '../../model/errors.ts';
import type { FindingMessage } from '../../model/messages/finding.ts';
import { createRateLimiter } from '../../platform/rate-limiter.ts';
import { withCleanAnswers } from './clean-answers.ts';
import type { ConnectionsContext, Offer } from './context.ts';
import { chooseSend, type Keys, unusableKeys } from './keys.ts';
import { settingsNamed, withSettingLabels } from './setting-labels.ts';

/** How much of the vendor's limits a trial may use; a connection of the same account goes on meanwhile. */
const trialShare = 0.2;

/**
 * Asks the vendor whether these settings open an account with all rights that are needed. Keeps nothing.
 *
 * @returns the account
 * @throws Unprocessable naming the field to blame and the remedy; Unavailable when the vendor does not answer
 */
export async function tryKeys(
  context: ConnectionsContext,
  offer: Offer,
  { keys, settings }: { keys: Keys; settings: unknown },
): Promise<string> {
  const { account, findings } = await examineAccount(context, offer, { keys, settings });
  const needed = findings.filter(
    ({ about, state }) => state === 'blocked' && (about.kind === 'credentials' || about.kind === 'right'),
  );
  if (account !== undefined && needed.length === 0) return account;
  throw unusableKeys(offer, [
    ...new Map(
      needed.map((finding) => blame(offer, settings, finding)).map((one) => [JSON.stringify(one.message), one]),
    ).values(),
  ]);
}

async function examineAccount(
  context: ConnectionsContext,
  offer: Offer,
  { keys, settings }: { keys: Keys; settings: unknown },
): Promise<Inspection> {
  const { clock, log } = context;
  const { connector } = offer;
  const rateLimiter = createRateLimiter(connector.limits, { share: trialShare, clock, admit: () => async () => {} });
  const connected = connector.connect(settings, {
    log: log.child({ connector: connector.name }),
    clock,
    rateLimiter,
    send: chooseSend(context, offer, keys, context.send.tried),
    credentials: createPassingSlot(),
    fieldNames: {},
  });
  const connection = withCleanAnswers(connected);
  try {
    if (!connection.provisioning) throw new Error('a connector without provisioning cannot be connected by keys');
    return await connection.provisioning.check();
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy)) throw failure;
    const problems = [{ field: 'settings', message: { code: 'field.keys_unanswered', params: {} } }] as const;
    throw new Unavailable({ code: 'system_silent', params: { system: connector.title } }, { problems, cause: failure });
  } finally {
    await rateLimiter.stop();
  }
}

/** The first field that the refusal names and that was filled in; else all of it. */
function blame({ connector }: Offer, settings: unknown, finding: Finding) {
  const given = settings as Readonly<Record<string, unknown>>;
  const named = settingsNamed(finding).find((key) => given[key] !== undefined);
  const secret = connector.guide.keys.flatMap(({ needs }) => needs).find((key) => given[key] !== undefined);
  const field = named ?? (finding.about.kind === 'right' ? (secret ?? '') : '');
  const { code, params } = withSettingLabels(finding, connector.guide);
  return { field, message: { code: 'field.refused', params: { found: { code, params } as FindingMessage } } } as const;
}

/** For what is obtained while trying: it goes as it came. */
function createPassingSlot(): CredentialSlot {
  const credentials = new Map<string, string>();
  return {
    read: async (name) => credentials.get(name),
    write: async (name, value) => void credentials.set(name, value),
    async renew(name, stale, make) {
      const standing = credentials.get(name);
      if (standing !== undefined && standing !== stale) return standing;
      const made = await make();
      credentials.set(name, made);
      return made;
    },
  };
}
