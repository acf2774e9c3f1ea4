import type { SignMessage } from '../../../model/messages/status-reason.ts';
import type { Opened } from './burst.ts';
import type { Trace } from './trace.ts';

/** What a sign looks at. */
export type Scene = {
  /** The touch, or the tapped link, that is weighed. */
  trace: Trace;
  /** The opening of its page. */
  opening: Trace;
  /** Everything that was opened in one go with that. */
  burst: Opened | undefined;
  /** Everything that the same browser opened so far. */
  visitor: Opened | undefined;
  /** How many numbers the email offers. */
  points: number;
  /** When the email left; nothing where the link came by another way. */
  sentAt: Date | null;
};

/** One sign of a machine: what was seen, or nothing where it is not there. */
export type Sign = (scene: Scene) => SignMessage | undefined;
