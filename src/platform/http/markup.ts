/** Text that may stand in HTML as it is. */
export type Markup = { readonly markup: string };

type Value = string | number | Markup | readonly Markup[] | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Right between tags and inside quoted attributes alike. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** A template whose values are escaped, unless they are markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: strings.reduce((sofar, string, index) => sofar + inMarkup(values[index - 1]) + string) };
}

/** For what is not written by people: style sheets, other templates' results. */
export function trusted(markup: string): Markup {
  return { markup };
}

function inMarkup(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeMarkup(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}
