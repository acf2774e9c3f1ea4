/** One line of values that a scrape got. */
export type ScrapedSample = { name: string; labels: Readonly<Record<string, string>>; value: number };

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = '([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"';
const helpLine = new RegExp(`^# HELP (${metricName}) [^\\n]+$`, 'u');
const typeLine = new RegExp(`^# TYPE (${metricName}) (counter|gauge|histogram|summary|untyped)$`, 'u');
const sampleLine = new RegExp(
  `^(${metricName})(?:\\{((?:${label}(?:,|(?=\\})))*)\\})? (-?[0-9.]+(?:e[+-]?[0-9]+)?|NaN|Nan|[+-]Inf)$`,
  'u',
);

/**
 * Reads Prometheus's text exposition format, version 0.0.4.
 *
 * @throws where a line is none of it, a value has no type before it, or the same sample comes twice
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function parseExposition(text: string): ScrapedSample[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const seen = new Set<string>();
  const samples: ScrapedSample[] = [];
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const [, helpedName] = helpLine.exec(line) ?? [];
    const [, typedName, type = ''] = typeLine.exec(line) ?? [];
    const [, name, labels = '', , , value = ''] = sampleLine.exec(line) ?? [];
    if (helpedName !== undefined) helped.add(helpedName);
    else if (typedName !== undefined) {
      if (types.has(typedName)) throw new Error(`two types: ${line}`);
      types.set(typedName, type);
    } else if (name !== undefined) {
      const family = familyOf(name, types);
      if (family === undefined || !helped.has(family)) throw new Error(`a value without its type and help: ${line}`);
      const id = `${name}{${labels}}`;
      if (seen.has(id)) throw new Error(`a sample comes twice: ${line}`);
      seen.add(id);
      const pairs = [...labels.matchAll(new RegExp(label, 'gu'))].map(([, key = '', text = '']) => [key, text]);
      samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value.replace('Inf', 'Infinity')) });
    } else throw new Error(`no line of the format: ${line}`);
  }
  return samples;
}

function familyOf(name: string, types: ReadonlyMap<string, string>): string | undefined {
  if (types.has(name)) return name;
  const base = name.replace(/_(?:bucket|sum|count)$/u, '');
  return types.get(base) === 'histogram' || types.get(base) === 'summary' ? base : undefined;
}

/** The value of the one sample of this name with at least these labels; nothing where there is none. */
export function valueIn(
  samples: readonly ScrapedSample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  if (found.length > 1) throw new Error(`${name} has ${found.length} samples with these labels`);
  return found[0]?.value;
}
