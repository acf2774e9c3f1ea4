import { html, type Markup, trusted } from './markup.ts';

export type WebPage = {
  language: { tag: string; direction: string };
  title: string;
  style: string;
  /** What else the browser is told. */
  head?: Markup | undefined;
  main: Markup;
  /** What stands below. */
  foot?: Markup | undefined;
};

/** A whole page, whose style is in it; light or dark as the reader has it. */
export function renderWebPage({ language, title, style, head, main, foot }: WebPage): string {
  return html`<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${head}<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${main}
</main>${foot}
</body>
</html>
`.markup;
}
