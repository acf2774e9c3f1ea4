import type { IncomingMessage, ServerResponse } from 'node:http';
import { html } from '../platform/http/markup.ts';
import { answerJson, answerPage } from './answers.ts';
import type { SavedEmail } from './kept-email.ts';
import type { SandboxPage } from './page.ts';
import { requestPath } from './request.ts';

/** Answers a request for the inbox, whose path begins below it. */
export type InboxPages = (
  request: IncomingMessage,
  response: ServerResponse,
  viewer: { seesAccountEmails: boolean },
) => void;

/** @param basePath the path under which the pages are mounted: their links begin with it */
export function inboxPages(savedEmails: readonly SavedEmail[], basePath: string): InboxPages {
  return (request, response, { seesAccountEmails }) => {
    const sentEmails = seesAccountEmails ? savedEmails : savedEmails.filter((email) => !isAboutAccount(email));
    const path = requestPath(request);
    if (path === '/emails.json') {
      const shown = sentEmails.map(({ id, at, to, subject, links }) => ({ id, at, to, subject, links }));
      answerJson(response, 200, shown);
      return;
    }
    const email = sentEmails.find(({ id }) => path === `/${id}`);
    const status = email !== undefined || path === '/' ? 200 : 404;
    answerPage(response, status, email === undefined ? list(sentEmails, { basePath, status }) : one(email, basePath));
  };
}

/** What can be unsubscribed from goes to a contact; everything else is about an account, and may carry a link into it. */
function isAboutAccount({ headers }: SavedEmail): boolean {
  return !headers.some(({ name }) => name === 'list-unsubscribe');
}

function list(
  sentEmails: readonly SavedEmail[],
  { basePath, status }: { basePath: string; status: number },
): SandboxPage {
  const rows = sentEmails.toReversed().map(
    ({ id, at, to, subject }) => html`<tr>
<td><a href="${basePath}/${id}">${subject === '' ? 'No subject' : subject}</a></td>
<td>${to.join(', ')}</td>
<td><time datetime="${at.toISOString()}">${inWords(at)}</time></td>
</tr>
`,
  );
  const table = html`<table>
<thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Arrived</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
  const missing = status === 404 ? html`<p>There is no such email; the oldest make room for new ones.</p>` : '';
  return {
    title: 'Inbox',
    body: html`<h1>Sandbox inbox</h1>
<p>Everything the service has mailed ends here. Nothing is delivered to anybody.</p>
${missing}${sentEmails.length === 0 ? html`<p>No email has arrived yet.</p>` : table}`,
  };
}

function one({ subject, to, at, headers, html: content, text }: SavedEmail, basePath: string): SandboxPage {
  const lines = headers.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>\n`);
  return {
    title: subject,
    body: html`<p><a href="${basePath}/">Inbox</a></p>
<h1>${subject}</h1>
<p>To ${to.join(', ')}, ${inWords(at)}</p>
<iframe title="The email as an email program shows it" sandbox="allow-popups allow-popups-to-escape-sandbox"
 srcdoc="<base target='_blank'>${content}"></iframe>
<details><summary>Headers</summary><dl>
${lines}</dl></details>
<details><summary>Plain text</summary><pre>${text}</pre></details>`,
  };
}

function inWords(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
