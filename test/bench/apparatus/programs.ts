import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { residentMemory } from './launched.ts';

/** Another process of the bench, running a file of this folder. */
export type Program = {
  /** What it tells next; to an order, if there is one. */
  ask<Answer>(order?: object): Promise<Answer>;
  /** Megabytes that it has in memory. */
  memory(): Promise<number>;
  stop(): Promise<void>;
};

export function startProgram(file: string, ...argv: readonly string[]): Program {
  const child: ChildProcess = fork(join(import.meta.dirname, file), argv);
  return {
    async ask<Answer>(order?: object) {
      const listening = new AbortController();
      const failed = once(child, 'exit', listening).then(([code]) => {
        throw new Error(`${file} ended with ${code}`);
      });
      const answered = once(child, 'message', listening).then(([answer]) => answer as Answer);
      if (order) child.send(order);
      try {
        return await Promise.race([answered, failed]);
      } finally {
        failed.catch(() => {});
        listening.abort();
      }
    },
    memory: () => residentMemory(child.pid),
    async stop() {
      const ended = once(child, 'exit');
      if (child.kill()) await ended;
    },
  };
}
