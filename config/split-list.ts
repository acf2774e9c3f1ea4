/** The parts of a setting that takes several, separated by commas. */
export function splitList(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
