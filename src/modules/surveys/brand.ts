import { z } from 'zod';
import { branding } from './branding.ts';
import { delivery } from './delivery.ts';
import { type SurveyContent, surveyKey } from './survey.ts';
import { texts, usualCompany } from './texts.ts';

/** Under whose name a workspace writes: its sender, its look, and which tickets are its own. */
export const brandContent = z.strictObject({
  key: surveyKey.describe('Key of the brand in surveys and in the API.'),
  name: z.string().trim().min(1).max(120).describe('Display name.'),
  tickets: z
    .array(z.string().trim().min(1).max(200))
    .default([])
    .describe('Names of the helpdesk’s brands whose tickets use this brand. Not case-sensitive.'),
  from: delivery.shape.from.describe('Sender of its emails, instead of MAIL_FROM.'),
  replyTo: delivery.shape.replyTo,
  company: texts.shape.company
    .unwrap()
    .optional()
    .describe('Company or product in the question, if the survey names none.'),
  branding: branding.prefault({}).describe('Branding that a survey uses for whatever it does not set itself.'),
});
export type Brand = z.infer<typeof brandContent>;

/** Whom an email is from, and where answers to it go. */
export type Sender = { address: string; name?: string; replyTo?: string };

/** The brand that a survey names, else the one whose the ticket is. */
export function chooseBrand<Saved extends { content: Brand }>(
  brands: readonly Saved[],
  { named, ticket }: { named?: string | undefined; ticket?: string | undefined },
): Saved | undefined {
  const ticketBrand = ticket === undefined ? undefined : spelt(ticket);
  return (
    brands.find(({ content }) => content.key === named) ??
    brands.find(({ content }) => content.tickets.some((one) => spelt(one) === ticketBrand))
  );
}

function spelt(name: string): string {
  return name.trim().toLowerCase();
}

/** The survey as it is under this brand: what it leaves out of its look, and the company, are the brand's. */
export function underBrand(content: SurveyContent, brand: Brand | undefined): SurveyContent {
  if (!brand) return content;
  const { company } = content.texts;
  return {
    ...content,
    texts: { ...content.texts, company: company === usualCompany ? (brand.company ?? company) : company },
    branding: { ...brand.branding, ...content.branding },
  };
}

/**
 * The survey's sender, else the brand's, else the usual one. A name goes with its address: a brand that has an address
 * but no name for it writes under its own name, and not under somebody else's.
 *
 * @returns nothing when none of them has an address
 */
export function chooseSender(
  { from, replyTo }: SurveyContent['delivery'],
  brand: Brand | undefined,
  usual: { address: string; name?: string } | undefined,
): Sender | undefined {
  const address = from?.address ?? brand?.from?.address ?? usual?.address;
  if (address === undefined) return undefined;
  const name = from?.name ?? brand?.from?.name ?? (brand?.from?.address === undefined ? usual?.name : brand.name);
  const answers = replyTo ?? brand?.replyTo;
  return {
    address,
    ...(name === undefined ? {} : { name }),
    ...(answers === undefined ? {} : { replyTo: answers }),
  };
}
