import type { SavedEmail } from '../../../src/sandbox/kept-email.ts';

/** The survey link of an email for one rating. */
export function findRatingLink({ links }: Pick<SavedEmail, 'links'>, rating: number): string | undefined {
  return links.find(({ text }) => text === String(rating))?.url;
}

/** Answers a survey by its link, as a customer's browser does. */
export async function submitAnswer(link: string, comment = ''): Promise<void> {
  const body = new URLSearchParams({ rating: '9', comment });
  const answered = await fetch(link, { method: 'POST', body });
  await answered.arrayBuffer();
  if (!answered.ok) throw new Error(`the answer was refused with ${answered.status}`);
}
