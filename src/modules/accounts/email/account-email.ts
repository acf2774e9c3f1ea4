import { fill, type Texts } from '../../../model/locale.ts';
import { createPalette, grounds } from '../../../model/palette.ts';
import type { RenderedEmail } from '../../../platform/email/email.ts';
import { renderMjml } from '../../../platform/email/mjml.ts';
import { onOneLine } from '../../../platform/email/presentable-name.ts';
import { fixed } from '../../../platform/email/template.ts';

/** An email to somebody who works here, or is to: what it is about, and one link. */
export type AccountEmail = {
  kind: 'join' | 'reset';
  /** Nothing: whoever sends it. */
  company: string | undefined;
  link: string;
};

/** An email that tells the owner of an account what happened to it. The link opens the account and carries no secret. */
export type AccountAlertEmail = { kind: keyof Texts['account']['events']; at: Date; link: string };

type Said = { subject: string; words: string; button: string; link: string; ending: string };

const fonts = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const { page, sheet, ink, quiet } = grounds.light;

export function renderAccountEmail({ kind, company, link }: AccountEmail, texts: Texts): Promise<RenderedEmail> {
  const { account, us } = texts;
  const named = { company: company ?? us };
  const subject = onOneLine(fill(account[kind].subject, named));
  const { text, button } = account[kind];
  return render({ subject, words: fill(text, named), button, link, ending: account.unexpected }, texts);
}

export function renderAccountAlert({ kind, at, link }: AccountAlertEmail, texts: Texts): Promise<RenderedEmail> {
  const { account } = texts;
  const subject = account.events[kind];
  const words = `${subject} (${at.toISOString().slice(0, 16).replace('T', ' ')} UTC).`;
  return render({ subject, words, button: account.openAccount, link, ending: account.notMe }, texts);
}

async function render(said: Said, texts: Texts): Promise<RenderedEmail> {
  const { subject, words, button, link, ending } = said;
  const html = await renderMjml(documentOf(said, texts));
  const paragraphs = [texts.email.namelessGreeting, words, `${button}: ${link}`, ending];
  return { subject, html, text: paragraphs.join('\n\n').concat('\n') };
}

function documentOf({ subject, words, button, link, ending }: Said, { language, email }: Texts): string {
  const { direction, tag } = language;
  const start = direction === 'rtl' ? 'right' : 'left';
  const { fill: ground, onFill } = createPalette();
  return `
<mjml lang="${fixed(tag)}" dir="${direction}">
  <mj-head>
    <mj-title>${fixed(subject)}</mj-title>
    <mj-preview>${fixed(words)}</mj-preview>
    <mj-attributes>
      <mj-all font-family="${fonts}" />
      <mj-section direction="${direction}" padding="24px 0" background-color="${sheet}" css-class="sheet" />
      <mj-column direction="${direction}" />
      <mj-text align="${start}" color="${ink}" font-size="16px" line-height="24px" padding="8px 24px" css-class="text" />
    </mj-attributes>
    <mj-raw>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
    </mj-raw>
    <mj-style>
  @media (prefers-color-scheme: dark) {
    .page, .page > table, .page > div { background: ${grounds.dark.page} !important; background-color: ${grounds.dark.page} !important; }
    .sheet, .sheet > table { background: ${grounds.dark.sheet} !important; background-color: ${grounds.dark.sheet} !important; }
    .text, .text div { color: ${grounds.dark.ink} !important; }
    .quiet, .quiet div { color: ${grounds.dark.quiet} !important; }
  }
    </mj-style>
  </mj-head>
  <mj-body background-color="${page}" css-class="page" width="600px">
    <mj-section>
      <mj-column>
        <mj-text>${fixed(email.namelessGreeting)}</mj-text>
        <mj-text>${fixed(words)}</mj-text>
        <mj-button align="${start}" href="${fixed(link)}" background-color="${ground}" color="${onFill}" font-size="16px" font-weight="600" inner-padding="12px 24px" border-radius="6px" padding="16px 24px">${fixed(button)}</mj-button>
        <mj-text font-size="13px" line-height="20px" color="${quiet}" css-class="quiet">${fixed(ending)}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}
