/**
 * Does work, and then tells how many milliseconds it took and what it failed with. A failure goes on to the caller.
 *
 * @param monotonic milliseconds that only go forward
 */
export async function measured<Result>(
  monotonic: () => number,
  work: () => Promise<Result>,
  note: (milliseconds: number, failure?: unknown) => void,
): Promise<Result> {
  const began = monotonic();
  let failure: unknown;
  try {
    return await work();
  } catch (thrown) {
    failure = thrown;
    throw thrown;
  } finally {
    note(monotonic() - began, failure);
  }
}
