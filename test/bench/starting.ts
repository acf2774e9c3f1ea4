import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './apparatus/bench.ts';
import { printBound } from './apparatus/bounds.ts';
import { startUnconnected } from './apparatus/launched.ts';
import { median, printTable } from './apparatus/numbers.ts';
import { startProgram } from './apparatus/programs.ts';

/** The first of them finds nothing: no database, and no file that was compiled before. */
const starts = 4;

/** Milliseconds and megabytes: all of it on PostgreSQL, and what is added to a bare PGlite. */
const promised = { postgresql: { time: 1200, memory: 180 }, embedded: { time: 800, memory: 150 } };

/** Milliseconds until it is ready, and megabytes at rest. */
type Start = { time: number; memory: number };

/** @param rest after how many seconds without work the memory is measured */
export function createStartingBench(rest: number): Bench {
  return {
    title: [
      `${starts} starts of the service with nothing connected, from its process to ready, and what it has in memory after`,
      `${rest} s at rest; beside a bare PGlite, opened as often, and a bare Express. Node itself is in all of them.`,
    ].join('\n'),

    async run(kind) {
      const database = await kind.create();
      const folder = mkdtempSync(join(tmpdir(), 'scoreback-bench-bare-'));
      const open = {
        service: async () => {
          const { readyAfter, memory, stop } = await startUnconnected(database);
          return { readyAfter, memory, stop };
        },
        pglite: () => openBare('bare-pglite.ts', join(folder, 'database')),
        express: () => openBare('bare.ts', 'a secret'),
      };
      try {
        const service = await startOften(open.service, rest);
        const pglite = await startOften(open.pglite, rest);
        const express = await startOften(open.express, rest);
        print(service, { pglite, express });
        if ('DATA_DIR' in database.environment) judge(usual(service), promised.embedded, usual(pglite));
        else judge(usual(service), promised.postgresql);
      } finally {
        rmSync(folder, { recursive: true, force: true });
        await database.drop();
      }
    },
  };
}

type Opened = { readyAfter: number; memory(): Promise<number>; stop(): Promise<void> };

async function openBare(file: string, argument: string): Promise<Opened> {
  const began = performance.now();
  const program = startProgram(file, argument);
  await program.ask();
  const readyAfter = performance.now() - began;
  return { readyAfter, memory: program.memory, stop: program.stop };
}

/** Memory is measured in the first of them and the last. */
async function startOften(open: () => Promise<Opened>, rest: number): Promise<Start[]> {
  const found: Start[] = [];
  for (let n = 0; n < starts; n += 1) {
    const { readyAfter, memory, stop } = await open();
    const isMeasured = n === 0 || n === starts - 1;
    if (isMeasured) await pause(rest * 1000);
    found.push({ time: readyAfter, memory: isMeasured ? await memory() : Number.NaN });
    await stop();
  }
  return found;
}

/** Of those after the first. */
function usual([, ...later]: readonly Start[]): Start {
  return { time: median(later.map(({ time }) => time)), memory: later.at(-1)?.memory ?? Number.NaN };
}

function print(service: readonly Start[], bare: Readonly<Record<'pglite' | 'express', readonly Start[]>>): void {
  const whole = (value = Number.NaN) => value.toFixed(0);
  const rows = Object.entries({ service, 'bare PGlite': bare.pglite, 'bare Express': bare.express }).map(
    ([name, found]) => {
      const { time, memory } = usual(found);
      return [name, whole(found[0]?.time), whole(time), whole(found[0]?.memory), whole(memory)];
    },
  );
  printTable([['', 'ms, first start', 'ms, later ones', 'MB, first start', 'MB, later ones'], ...rows]);
}

function judge(found: Start, most: Start, beside: Start = { time: 0, memory: 0 }): void {
  const by = beside.time === 0 ? '' : ' more than a bare PGlite';
  const time = found.time - beside.time;
  const memory = found.memory - beside.memory;
  printBound('ready after', { measured: `${time.toFixed(0)} ms${by}`, most: `${most.time} ms` }, time <= most.time);
  printBound('at rest', { measured: `${memory} MB${by}`, most: `${most.memory} MB` }, memory <= most.memory);
}
