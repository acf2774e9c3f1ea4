import { recordFields } from '../model/crm-field-definitions.ts';
import { html, type Markup } from '../platform/http/markup.ts';
import type { SandboxPage } from './page.ts';
import type { Vendor } from './vendor.ts';

/** A contact's record as the vendor keeps it: the fields that the service writes, then all others. */
export function recordPage(
  { title, simulator, contacts }: Vendor,
  id: string,
  basePath: string,
): SandboxPage | undefined {
  const record = simulator.record(id);
  if (!record) return undefined;
  const contact = contacts.find((candidate) => candidate.id === id);
  const name = contact?.name ?? id;
  const ours = new Set(recordFields.map(({ key }) => key));
  const others = Object.entries(record).filter(([key]) => !ours.has(key));
  return {
    title: `${name} in ${title}`,
    body: html`<p><a href="${basePath}/">Sandbox</a></p>
<h1>${name}</h1>
<p>Record ${id} of the simulated ${title}${contact?.email === undefined ? '' : html`, ${contact.email}`}. What stands
here is what the vendor holds, in its own form.</p>
<h2>Customer feedback</h2>
${table(recordFields.map(({ key, label }) => line(html`${label}<br><span class="quiet">${key}</span>`, record[key])))}
${others.length === 0 ? '' : html`<h2>Everything else</h2>\n${table(others.map(([key, value]) => line(html`${key}`, value)))}`}`,
  };
}

function table(lines: readonly Markup[]): Markup {
  return html`<table>
<tbody>
${lines}</tbody>
</table>`;
}

function line(name: Markup, value: unknown): Markup {
  const empty = value === undefined || value === null || value === '';
  const shown = empty ? html`<span class="quiet">–</span>` : typeof value === 'string' ? value : JSON.stringify(value);
  return html`<tr><th scope="row">${name}</th><td>${shown}</td></tr>\n`;
}
