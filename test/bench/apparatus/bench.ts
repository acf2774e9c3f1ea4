import type { DatabaseKind } from './databases.ts';

/** One thing that is measured, in a file of its own, on each database in turn. */
export type Bench = {
  /** What is measured, in a line. */
  title: string;
  /**
   * Prints what it measured.
   *
   * @throws when something is wrong rather than slow: a bench is no place for a lost event
   */
  run(database: DatabaseKind): Promise<void>;
};
