import { escapeMarkup } from '../http/markup.ts';

/** A text with open places, cut at them once so that filling it for ten thousand contacts is only joining. */
export type Template = (values: Readonly<Record<string, string>>) => string;

/** An open place. */
export function place(name: string): string {
  return `%%${name}%%`;
}

/**
 * Escapes what stands in a markup template for everybody. It cannot open a place: a per cent sign becomes an entity,
 * which every email program shows as a per cent sign.
 */
export function fixed(text: string): string {
  return escapeMarkup(text).replaceAll('%', '&#37;');
}

/** The same with its line breaks. */
export function fixedLines(text: string): string {
  return withBreaks(fixed(text));
}

/** How a contact's values stand in markup. */
export function inMarkup(value: string): string {
  return withBreaks(escapeMarkup(value));
}

function withBreaks(markup: string): string {
  return markup.replace(/\r?\n/gu, '<br />');
}

/** @param present turns a value into what stands in its place: escaped for markup, as it is for plain text */
export function compileTemplate(source: string, present: (value: string) => string): Template {
  const pieces = source.split(/%%(\w+)%%/u);
  return (values) => pieces.map((piece, index) => (index % 2 === 0 ? piece : present(values[piece] ?? ''))).join('');
}
