/** Milliseconds between two looks: short at first, longer for what takes longer, because a look costs the service time. */
const [firstWait, longestWait] = [20, 250] as const;

/** Waits for something that other processes bring about; says what was missing when it never comes. */
export async function eventually<Found>(
  what: string,
  probe: () => Promise<Found | undefined | false> | Found | undefined | false,
  within = 60_000,
): Promise<Found> {
  const deadline = Date.now() + within;
  for (let wait: number = firstWait; ; wait = Math.min(longestWait, wait * 1.25)) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${within / 1000} s in vain until ${what}`);
    await pause(wait);
  }
}

/** Only for showing that something does not happen meanwhile. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
