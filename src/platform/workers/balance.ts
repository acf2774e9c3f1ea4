/** The keys of one kind, such as all connections, which are spread over the workers by themselves. */
export type KeysByKind = Readonly<Record<string, readonly string[]>>;

/**
 * How many keys of each kind a worker should hold so that all hold about as many. What is left over in one kind goes to
 * others than what is left over in the kind before.
 *
 * @param workers ids of the workers that are alive, of which every worker sees the same
 */
export function fairCounts(
  keys: KeysByKind,
  workers: readonly string[],
  self: string,
): Readonly<Record<string, number>> {
  const sorted = workers.toSorted();
  const place = sorted.indexOf(self);
  if (place === -1) return Object.fromEntries(Object.keys(keys).map((kind) => [kind, 0]));
  let first = 0;
  return Object.fromEntries(
    Object.entries(keys).map(([kind, { length }]) => {
      const left = length % sorted.length;
      const turn = (place - first + sorted.length) % sorted.length;
      first = (first + left) % sorted.length;
      return [kind, Math.floor(length / sorted.length) + (turn < left ? 1 : 0)];
    }),
  );
}
