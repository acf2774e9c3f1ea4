import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { parseExposition, valueIn } from '../../test/exposition.ts';
import { createMetrics, type GaugeSource } from './metrics.ts';

const atOnce = { afterCommit: (work: () => void) => work() };

function createdMetrics(options: { longestReadMs?: number } = {}) {
  let now = 0;
  const logs: { code?: string; source?: string }[] = [];
  const log = pino({ base: null }, { write: (line) => void logs.push(JSON.parse(line)) });
  const metrics = createMetrics({ database: atOnce, monotonic: () => now, log, ...options });
  return {
    metrics,
    logs,
    jump: (length: number) => {
      now += length;
    },
    async value(name: string, labels: Readonly<Record<string, string>> = {}) {
      return valueIn(parseExposition((await metrics.expose()).text), name, labels);
    },
  };
}

/** A look-up that tells how often it ran. */
function countingSource(read = async () => {}): GaugeSource & { reads: number } {
  const source = {
    name: 'invitations',
    gauges: ['invitations_due'] as const,
    maxAgeMs: 5000,
    reads: 0,
    async read() {
      source.reads += 1;
      await read();
      return { invitations_due: [{ labels: {}, value: source.reads }] };
    },
  };
  return source;
}

describe('the metrics of a service', () => {
  it('look a gauge up once in its time, however many scrape', async () => {
    const { metrics, jump, value } = createdMetrics();
    const source = countingSource();
    metrics.addSource(source);
    await Promise.all([metrics.expose(), metrics.expose(), metrics.expose()]);
    jump(4999);
    expect(await value('scoreback_invitations_due')).toBe(1);
    jump(1);
    expect(await value('scoreback_invitations_due')).toBe(2);
    expect(source.reads).toBe(2);
  });

  it('leave a gauge out whose look-up fails, and show the others', async () => {
    const { metrics, logs, jump, value } = createdMetrics();
    let fails = false;
    metrics.addSource(
      countingSource(async () => {
        if (fails) throw new Error('no database');
      }),
    );
    metrics.addSource({
      name: 'process',
      gauges: ['leases'],
      maxAgeMs: 0,
      read: async () => ({ leases: [{ labels: {}, value: 3 }] }),
    });
    metrics.count('decisions', { verdict: 'asked', reason: 'asked' });
    expect(await value('scoreback_invitations_due')).toBe(1);
    fails = true;
    jump(5000);
    expect(await value('scoreback_invitations_due')).toBeUndefined();
    expect(await value('scoreback_leases')).toBe(3);
    expect(await value('scoreback_decisions_total', { verdict: 'asked', reason: 'asked' })).toBe(1);
    expect(await value('scoreback_scrape_failures_total', { source: 'invitations' })).toBe(1);
    expect(logs).toMatchObject([{ code: 'metrics.read_failed', source: 'invitations' }]);
    fails = false;
    jump(5000);
    expect(await value('scoreback_invitations_due')).toBe(3);
  });

  it('do not wait for a look-up that hangs, nor begin another one', async () => {
    const { metrics, jump, value } = createdMetrics({ longestReadMs: 1 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const source = countingSource(() => promise);
    metrics.addSource(source);
    expect(await value('scoreback_invitations_due')).toBeUndefined();
    jump(60_000);
    expect(await value('scoreback_invitations_due')).toBeUndefined();
    expect(source.reads).toBe(1);
    expect(await value('scoreback_scrape_failures_total', { source: 'invitations' })).toBe(3);
    resolve();
    await promise;
    await new Promise(setImmediate);
    expect(await value('scoreback_invitations_due')).toBe(1);
  });

  it('measure durations in seconds', async () => {
    const { metrics, value } = createdMetrics();
    metrics.time('job_duration', { job: 'write', outcome: 'ok' }, 250);
    const labels = { job: 'write', outcome: 'ok' };
    expect(await value('scoreback_job_duration_seconds_sum', labels)).toBe(0.25);
    expect(await value('scoreback_job_duration_seconds_bucket', { ...labels, le: '0.1' })).toBe(0);
    expect(await value('scoreback_job_duration_seconds_bucket', { ...labels, le: '0.5' })).toBe(1);
  });
});
