/** What the server noted in a few words, as a sentence of its own begins. */
export function sentence(noted: string): string {
  return noted.charAt(0).toUpperCase() + noted.slice(1);
}
