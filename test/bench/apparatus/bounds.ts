/** Says whether what was measured keeps within what is promised; where it does not, the bench ends with 1. */
export function printBound(
  what: string,
  { measured, most }: Record<'measured' | 'most', string>,
  isMet: boolean,
): void {
  console.log(`    ${isMet ? 'ok' : 'EXCEEDED'}: ${what} ${measured}, at most ${most}`);
  if (!isMet) process.exitCode = 1;
}
