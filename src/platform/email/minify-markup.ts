/**
 * Leaves out of MJML's HTML the spaces that it is indented with, and the styles that say nothing. Conditional comments
 * stay: in them, Outlook finds its tables.
 *
 * Cells, tables and comments begin a line, as mail servers limit the length of one
 * (https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.6).
 *
 * @param html without `<pre>` and `<textarea>`. A line break beside a tag is indentation, another is a space
 */
export function minifyMarkup(html: string): string {
  return withoutColumns(html)
    .replace(/(?<=<style[^>]*>)[^<]*(?=<\/style>)/gu, minifyStyles)
    .replace(/(?<=>)\s*\n\s*|\s*\n\s*(?=<)/gu, '')
    .replace(/\s*\n\s*/gu, ' ')
    .replace(/<[a-z][^<>]*>/gu, minifyTag)
    .replace(/(?<=>)(?=<(?:td|table|!--\[if)\b)/gu, '\n');
}

/**
 * Columns that are as wide as their section, inline and everywhere, need none of the style sheets that make columns
 * narrow on a phone.
 */
function withoutColumns(html: string): string {
  if (/mj-column-(?!per-100\b)/u.test(html)) return html;
  return html
    .replace(/<!--\[if lte mso 11\]>\s*<style[^>]*>[^<]*\.mj-outlook-group-fix[^<]*<\/style>\s*<!\[endif\]-->/gu, '')
    .replace(/<style[^>]*>[^<]*\.mj-column-per-100[^<]*<\/style>/gu, '')
    .replaceAll('class="mj-column-per-100 mj-outlook-group-fix"', '');
}

function minifyStyles(sheet: string): string {
  return sheet
    .replace(/\s+/gu, ' ')
    .replace(/ ?([{};,>!]) ?/gu, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}')
    .trim();
}

function minifyTag(tag: string): string {
  return tag
    .replace(/(?<=style="[^"]*)[\w-]+:;/gu, '')
    .replace(/(?<=style="[^"]*);(?=")/gu, '')
    .replace(' class=""', '')
    .replace(/ +(?=>$)/u, '')
    .replace(/^(<\w+) +/u, '$1 ');
}
