import { minifyMarkup } from './minify-markup.ts';

/**
 * Renders an MJML document as HTML that email programs understand. Loads the renderer when it is first used: it is slow
 * to load, and a process that sends nothing never needs it.
 *
 * @throws when the document is not valid MJML
 */
export async function renderMjml(document: string): Promise<string> {
  const { default: mjml2html } = await import('mjml');
  const { html } = await mjml2html(document, { validationLevel: 'strict', fonts: {} });
  return minifyMarkup(html);
}
