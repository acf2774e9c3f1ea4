import type { CredentialSlot, Finding, Inspection } from '../../connector.ts';
import { Unavailable, UpstreamBusy } from '../../errors.ts';
import { createPace } from '../../pace.ts';
import { settingsOf } from '../../setting.ts';
import type { Context, Offer } from '../context.ts';
import { withCleanAnswers } from './clean-answers.ts';
import { inLabels, type Keys, senderOf, unusableKeys } from './keys.ts';

/**
 * Asks the vendor whether these settings open an account with all rights that are needed. Keeps nothing.
 *
 * @returns the account
 * @throws Unprocessable naming the field to blame and the remedy; Unavailable when the vendor does not answer
 */
export async function tryKeys(
  context: Context,
  offer: Offer,
  { keys, settings }: { keys: Keys; settings: unknown },
): Promise<string> {
  const { account, findings } = await look(context, offer, { keys, settings });
  const needed = findings.filter(
    ({ subject, state }) => state === 'blocked' && /^(?:credentials|scope )/u.test(subject),
  );
  if (account !== undefined && needed.length === 0) return account;
  throw unusableKeys(offer, [
    ...new Map(
      needed.map((finding) => blame(offer, settings, finding)).map((one) => [one.message.params.said, one]),
    ).values(),
  ]);
}

async function look(
  context: Context,
  offer: Offer,
  { keys, settings }: { keys: Keys; settings: unknown },
): Promise<Inspection> {
  const { clock, log } = context;
  const { connector } = offer;
  const pace = createPace(connector.limits, { clock, admit: async () => {} });
  const connected = connector.connect(settings, {
    log: log.child({ connector: connector.name }),
    clock,
    pace,
    send: senderOf(context, offer, keys, context.send.tried),
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
    await pace.stop();
  }
}

/** The first field that the refusal names and that was filled in; else all of it. */
function blame({ connector }: Offer, settings: unknown, { subject, detail = '', remedy = '' }: Finding) {
  const words = `${detail} ${remedy}`.trim();
  const given = settings as Readonly<Record<string, unknown>>;
  const named = settingsOf(connector.settings)
    .map(({ key }) => ({ key, at: words.indexOf(key) }))
    .filter(({ key, at }) => at >= 0 && given[key] !== undefined)
    .sort((a, b) => a.at - b.at);
  const secret = connector.guide.keys.flatMap(({ needs }) => needs).find((key) => given[key] !== undefined);
  const field = named[0]?.key ?? (subject.startsWith('scope ') ? (secret ?? '') : '');
  const said = inLabels(connector.guide, words);
  return { field, message: { code: 'field.refused', params: { said } } } as const;
}

/** For what is obtained while trying: it goes as it came. */
function createPassingSlot(): CredentialSlot {
  const held = new Map<string, string>();
  return {
    read: async (name) => held.get(name),
    write: async (name, value) => void held.set(name, value),
    async renew(name, stale, make) {
      const standing = held.get(name);
      if (standing !== undefined && standing !== stale) return standing;
      const made = await make();
      held.set(name, made);
      return made;
    },
  };
}
