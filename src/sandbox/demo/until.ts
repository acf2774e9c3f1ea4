import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks again and again until something is there.
 *
 * @param what for the sentence that is thrown when it has not come in time
 */
export async function until<Found>(
  what: string,
  check: () => Promise<Found | undefined>,
  { seconds = 45 } = {},
): Promise<Found> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} seconds for ${what}; it has not come.`);
    await sleep(150);
  }
}
