/** A key of the environment that is none of ours but looks as if it were meant to be. */
export type Typo = {
  key: string;
  nearest: string;
  /** Whether so few characters differ that nothing else can have been meant. */
  near: boolean;
};

const ourPrefixes = ['SCOREBACK_', 'SURVEY', 'SMTP_', 'EMAIL_', 'SANDBOX', 'API_KEY', 'PUBLIC_', 'RECONCILE'];
const nearDistance = 2;
/** In a shorter key, two characters are too much of it: `PORT` and `HOST` differ by two. */
const shortestGuessable = 8;

/** @param vendorKeys those of `known` that connectors own: whatever begins like one of them is suspicious too */
export function findTypos(
  keys: readonly string[],
  known: readonly { key: string }[],
  vendorKeys: readonly string[],
): readonly Typo[] {
  const prefixes = [...ourPrefixes, ...new Set(vendorKeys.map((key) => key.replace(/(?<=_).*$/u, '')))];
  const ours = new Set(known.map(({ key }) => key));
  return keys.flatMap((key) => {
    if (ours.has(key)) return [];
    const upper = key.toUpperCase();
    const isSuspicious = prefixes.some((prefix) => upper.startsWith(prefix));
    // Comparing takes long where there are many: a key that differs more in length cannot be near.
    const [best] = known
      .filter((setting) => isSuspicious || Math.abs(setting.key.length - upper.length) <= nearDistance)
      .map((setting) => ({ nearest: setting.key, distance: editDistance(upper, setting.key) }))
      .sort((a, b) => a.distance - b.distance);
    if (best === undefined) return [];
    const near = best.distance <= nearDistance && best.nearest.length >= shortestGuessable;
    if (!near && !isSuspicious) return [];
    return [{ key, nearest: best.nearest, near }];
  });
}

/** How many emails have to be added, dropped or replaced. */
function editDistance(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, email] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      current[column + 1] = Math.min(
        (last[column + 1] ?? 0) + 1,
        (current[column] ?? 0) + 1,
        (last[column] ?? 0) + (email === other ? 0 : 1),
      );
    }
    last = current;
  }
  return last[b.length] ?? 0;
}
