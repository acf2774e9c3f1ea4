import type { Logger } from 'pino';
import type { Texts } from '../model/locale.ts';
import type { Database } from './database/database.ts';
import type { UsualEmailServer } from './email/email-server.ts';
import type { Encryption } from './encryption.ts';
import type { Gathering } from './jobs/gathering.ts';
import type { Wake } from './jobs/jobs.ts';
import type { Metrics } from './metrics.ts';
import type { WorkerContext } from './workers/workers.ts';

/** What every module works with; each adds what it needs besides in its own `context.ts`. */
export type PlatformContext = {
  database: Database;
  clock: () => Date;
  /** Milliseconds that only go forward, to measure how long something takes. */
  monotonic: () => number;
  log: Logger;
  wake: Wake;
  metrics: Metrics;
  /** Small batches of calls to vendors that follow one another are gathered. */
  gathering: Gathering;
  encryption: Encryption;
  /** Absent while there is nothing to send with: invitations wait. */
  email: UsualEmailServer | undefined;
  /** By language tag; English is always there. */
  texts: ReadonlyMap<string, Texts>;
} & WorkerContext;
