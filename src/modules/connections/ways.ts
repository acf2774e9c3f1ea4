import type { ConsentGuide, GuideScope } from '../../connector.ts';
import { describeSettings } from '../../model/setting.ts';
import { consentIsOffered } from './authorize.ts';
import type { ConnectionsContext, Offer } from './context.ts';

export type Field = {
  key: string;
  label: string;
  help: string;
  secret: boolean;
  required: boolean;
  /** Whether few people need it. */
  advanced: boolean;
  example: string | null;
  /** In the sandbox: what its stand-in takes. */
  simulated: string | null;
};

type Preparation = { title: string; steps: readonly string[]; scopes: readonly GuideScope[] };

export type Ways = {
  name: string;
  title: string;
  color: string;
  summary: Readonly<Record<string, string>>;
  workflowStep: string | null;
  simulated: boolean;
  /** By keys: each alone is enough, the recommended first. */
  keys: readonly (Preparation & { name: string; fields: readonly Field[] })[];
  /** Nothing where the connector has no consent. */
  consent: (Preparation & { offered: boolean; missing: string | null }) | null;
};

/** How accounts of a connector can be connected here, in words for whoever does it. */
export function describeWays(context: ConnectionsContext, offer: Offer, publicUrl: string): Ways {
  const { connector, simulated, takesAddress = false } = offer;
  const { name, title, guide } = connector;
  const settings = new Map(describeSettings(connector.settings).map((setting) => [setting.key, setting]));
  const say = (step: string) =>
    step
      .replaceAll('{webhookUrl}', context.webhookUrl(name) ?? `<PUBLIC_URL>/webhooks/${name}`)
      .replaceAll('{redirectUrl}', `${publicUrl}/oauth/${name}/callback`);

  function field(key: string, required: boolean): Field {
    const { label = key, help = '' } = guide.fields[key] ?? {};
    const { secret = false, example } = settings.get(key) ?? {};
    return {
      key,
      label,
      help,
      secret,
      required,
      advanced: key === guide.address,
      example: example ?? null,
      simulated: simulated?.[key] ?? null,
    };
  }

  // The stand-in takes some of the ways only. Where it answers, or the vendor, is not the admin's to say.
  const open = guide.keys.filter(({ needs }) => !simulated || needs.every((key) => simulated[key] !== undefined));
  const fillable = (may: readonly string[]) =>
    may.filter((key) => key !== guide.address || (takesAddress && !simulated));
  return {
    name,
    title,
    color: guide.color,
    summary: guide.summary,
    workflowStep: guide.workflowStep ?? null,
    simulated: simulated !== undefined,
    keys: open.map(({ needs, may, steps, scopes = [], ...way }) => ({
      name: way.name,
      title: way.title,
      steps: steps.map(say),
      scopes,
      fields: [...needs.map((key) => field(key, true)), ...fillable(may).map((key) => field(key, false))],
    })),
    consent: guide.consent
      ? {
          title: guide.consent.title,
          steps: guide.consent.steps.map(say),
          scopes: guide.consent.scopes ?? [],
          ...consentNow(context, offer, guide.consent),
        }
      : null,
  };
}

function consentNow(context: ConnectionsContext, { connector, simulated }: Offer, { needs }: ConsentGuide) {
  if (consentIsOffered(context, connector.name)) return { offered: true, missing: null };
  const missing = simulated
    ? 'In the sandbox simulated accounts are connected by keys.'
    : `Whoever runs this service has to set ${needs.join(' and ')} in its environment, and to start it again.`;
  return { offered: false, missing };
}
