const known = ['texts', 'branding', 'audience', 'timing', 'reminders', 'followUp', 'delivery'] as const;

type PartName = (typeof known)[number] | 'question';

/** Which part a field stands in: `texts.own.de.subject` in the texts; the question, the company and the scale in the first. */
export function partWithField(field: string): PartName {
  const [part = '', , , word] = field.split('.');
  if (field === 'texts.company' || word === 'question' || word === 'audience') return 'question';
  return known.find((one) => one === part) ?? 'question';
}
