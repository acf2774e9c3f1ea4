import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './database/database.ts';
import { counters, type GaugeName, gauges, histograms } from './metrics-catalog.ts';

type Described = Readonly<Record<string, { readonly labels: readonly string[] }>>;

/** Values of a metric's labels. Only what there are few of: a code, an id of a connection; nothing about a contact. */
type LabelsOf<Catalog extends Described, Name extends keyof Catalog> = Readonly<
  Record<Catalog[Name]['labels'][number], string>
>;

/** Where modules count their work while they do it. What is counted inside a transaction counts once that commits. */
export type Metrics = {
  count<Name extends keyof typeof counters>(name: Name, labels: LabelsOf<typeof counters, Name>, by?: number): void;
  /** Notes how long something took. */
  time<Name extends keyof typeof histograms>(
    name: Name,
    labels: LabelsOf<typeof histograms, Name>,
    milliseconds: number,
  ): void;
};

/** For who works without a scrape, as the doctor does. */
export const noMetrics: Metrics = { count() {}, time() {} };

export type Sample = { labels: Readonly<Record<string, string>>; value: number };

/** What is read for a scrape, because nobody counts it while it changes. */
export type GaugeSource = {
  /** What it is called in the log and in `scoreback_scrape_failures_total`. */
  name: string;
  /** Its gauges: they have no samples where the look-up failed. */
  gauges: readonly GaugeName[];
  /** For so many milliseconds a result stands for all who scrape. */
  maxAgeMs: number;
  read(): Promise<Partial<Record<GaugeName, readonly Sample[]>>>;
};

/** The metrics of one service, and what a scrape gets of them. */
export type MetricsRegistry = Metrics & {
  addSource(source: GaugeSource): void;
  /** The text exposition format of Prometheus. Never fails because a look-up does. */
  expose(): Promise<{ contentType: string; text: string }>;
};

type Options = {
  database: Pick<Database, 'afterCommit'>;
  monotonic: () => number;
  log: Logger;
  /** A look-up that takes longer is left out of the scrape: Prometheus itself gives up after ten seconds. */
  longestReadMs?: number;
};

export function createMetrics({ database, monotonic, log, longestReadMs = 3000 }: Options): MetricsRegistry {
  const collected = new Registry();
  const registers = [collected];
  const countersByName = mapValues(counters, (name, { help, labels }) => {
    return new Counter({ name: `scoreback_${name}_total`, help, labelNames: labels, registers });
  });
  const histogramsByName = mapValues(histograms, (name, { help, labels, buckets }) => {
    return new Histogram({ name: `scoreback_${name}_seconds`, help, labelNames: labels, buckets, registers });
  });
  const gaugesByName = mapValues(gauges, (name, { help, labels }) => {
    return new Gauge({ name: `scoreback_${name}`, help, labelNames: labels, registers });
  });
  function empty(name: GaugeName): void {
    gaugesByName[name].reset();
    // Without labels it would be 0, which is a value like any other.
    if (gauges[name].labels.length === 0) gaugesByName[name].remove();
  }
  const readers: (() => Promise<void>)[] = [];
  let exposed = false;

  const count: Metrics['count'] = (name, labels, by = 1) =>
    database.afterCommit(() => countersByName[name].inc(labels, by));

  function noteFailure(source: string, failure: unknown): void {
    count('scrape_failures', { source });
    log.warn({ code: 'metrics.read_failed', source, err: failure }, 'Some metrics could not be read for a scrape.');
  }

  return {
    count,
    time: (name, labels, milliseconds) =>
      database.afterCommit(() => histogramsByName[name].observe(labels, milliseconds / 1000)),
    addSource(source) {
      const show = (samples: Awaited<ReturnType<GaugeSource['read']>>) => {
        for (const name of source.gauges) {
          empty(name);
          for (const { labels, value } of samples[name] ?? []) gaugesByName[name].set(labels, value);
        }
      };
      show({});
      const onFailure = (failure: unknown) => noteFailure(source.name, failure);
      readers.push(createReader(source, { monotonic, longestReadMs, show, onFailure }));
    },
    async expose() {
      // The delay of the event loop is measured a hundred times a second: nobody pays for it who never scrapes.
      if (!exposed) collectDefaultMetrics({ register: collected });
      exposed = true;
      await Promise.all(readers.map((read) => read()));
      return { contentType: collected.contentType, text: await collected.metrics() };
    },
  };
}

/** Reads a source at most once at a time and once in its time, however many ask. What it shows is never out of date. */
function createReader(
  source: GaugeSource,
  {
    monotonic,
    longestReadMs,
    show,
    onFailure,
  }: {
    monotonic: () => number;
    longestReadMs: number;
    show(samples: Awaited<ReturnType<GaugeSource['read']>>): void;
    onFailure(failure: unknown): void;
  },
): () => Promise<void> {
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      show(await source.read());
    } catch (failure) {
      show({});
      onFailure(failure);
    }
    readAt = monotonic();
    reading = undefined;
  }

  return async () => {
    if (reading === undefined && monotonic() - readAt < source.maxAgeMs) return;
    reading ??= read();
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), longestReadMs);
    const ended = await Promise.race([reading, late.promise]);
    clearTimeout(timer);
    if (ended !== 'late') return;
    show({});
    onFailure(new Error('it took too long'));
  };
}

function mapValues<Key extends string, Value, Made>(
  values: Readonly<Record<Key, Value>>,
  make: (key: Key, value: Value) => Made,
): Readonly<Record<Key, Made>> {
  const made = Object.entries<Value>(values).map(([key, value]) => [key, make(key as Key, value)]);
  return Object.fromEntries(made) as Record<Key, Made>;
}
