/** Says whether what was measured keeps within what is promised; where it does not, the bench ends with 1. */
export function printBound(what: string, { measured, most }: Record<'measured' | 'most', string>, kept: boolean): void {
  console.log(`    ${kept ? 'ok' : 'EXCEEDED'}: ${what} ${measured}, at most ${most}`);
  if (!kept) process.exitCode = 1;
}
