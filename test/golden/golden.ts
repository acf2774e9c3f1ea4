import { join } from 'node:path';
import { expect } from 'vitest';

export const goldenFolder = join(import.meta.dirname, 'files');

/**
 * Compares what can be seen from outside with the checked-in file of this name. A difference fails the test; the file
 * changes only by `npm run golden`, never along the way.
 *
 * @param name below `test/golden/files`, such as `emails/csat-quick.de.txt`; its first part is what `npm run golden` takes
 * @param text without times, ids, ports and paths of a machine
 */
export async function golden(name: string, text: string): Promise<void> {
  const [part = name] = name.split(/[./]/u);
  await expect(text, `npm run golden -- ${part} renews test/golden/files/${name}`).toMatchFileSnapshot(
    join(goldenFolder, name),
  );
}

/** JSON with its keys sorted, so that only what it says makes a difference. */
export function sortedJson(value: unknown): string {
  const sorted = (_key: string, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => compareText(one, other)))
      : inner;
  return `${JSON.stringify(value, sorted, 1)}\n`;
}

/** By code unit, the same on every machine. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
