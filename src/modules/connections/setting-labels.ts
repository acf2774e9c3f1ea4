import type { Guide } from '../../connector.ts';
import type { ConnectorMessage, FailureMessage } from '../../model/messages/failure-message.ts';
import type { Finding } from '../../model/messages/finding.ts';
import type { Message, Parameter, Parameters } from '../../model/messages/message.ts';
import type { Offer } from './context.ts';
import { guideFor } from './keys.ts';
import type { ConnectionRow } from './queries/connections.ts';

/** The parameters of a message that name settings of a connector. */
const naming = ['setting', 'settings'] as const;

/**
 * A message that names settings, with the labels that an admin sees in their place.
 *
 * @param guide where the keys of the connection were filled in by an admin, who knows them by their labels
 */
export function withSettingLabels<Said extends Message | ConnectorMessage>(said: Said, guide: Guide | undefined): Said {
  return guide ? { ...said, params: labelledParams(said.params, guide) } : said;
}

function labelledParams(params: Parameters, guide: Guide): Parameters {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      naming.some((one) => one === name) ? labels(value, guide) : labelledValue(value, guide),
    ]),
  );
}

function labelledValue(value: Parameter | undefined, guide: Guide): Parameter | undefined {
  if (typeof value !== 'object' || !('code' in value)) return value;
  return { ...value, params: labelledParams(value.params, guide) };
}

function labels(value: Parameter | undefined, { fields }: Guide): Parameter | undefined {
  const label = (key: string) => fields[key]?.label ?? key;
  if (typeof value === 'string') return label(value);
  return Array.isArray(value) ? value.map((key) => label(String(key))) : value;
}

/** The settings that a finding names, in its order. */
export function settingsNamed({ params }: Pick<Finding, 'params'>): readonly string[] {
  const named = params as Parameters;
  const own = naming.flatMap((name) => named[name] ?? []).map(String);
  const { why } = named;
  const nested = typeof why === 'object' && 'code' in why ? settingsNamed(why as FailureMessage) : [];
  return [...own, ...nested];
}

/** Why a connection is refused, to whoever connected it. */
export function statusInLabels(
  offers: readonly Offer[],
  row: Pick<ConnectionRow, 'origin' | 'connector' | 'statusDetail'>,
): FailureMessage | null {
  return row.statusDetail && withSettingLabels(row.statusDetail, guideFor(offers, row));
}
