import { html, type Markup } from '../platform/http/markup.ts';
import type { SandboxPage } from './page.ts';
import type { SandboxContact, Ticket, Vendor } from './vendor.ts';

/** Everybody in every simulated vendor, with a hand to resolve and reopen their tickets. */
export function overviewPage(vendors: readonly Vendor[], basePath: string): SandboxPage {
  return {
    title: 'Sandbox',
    body: html`<h1>Sandbox</h1>
<p>These contacts, their tickets and the systems they stand in are simulated; the service treats them like real ones.
Resolve a ticket: the vendor tells the service, and when the survey's delay is over an email for its requester lies in
the <a href="${basePath}/inbox/">inbox</a>: to see it soon, give the survey a delay of seconds. Answer it, and the
answer stands on their record here, and in the console. All of this begins anew whenever the service
starts; an account that was connected by hand then needs its new simulated keys.</p>
${vendors.map((vendor) => section(vendor, basePath))}`,
  };
}

function section(vendor: Vendor, basePath: string): Markup {
  const { name, title, contacts } = vendor;
  const control = `${basePath}/control/${name}`;
  const rows = contacts.flatMap((contact) => {
    const record = `${basePath}/records/${name}/${contact.id}`;
    return contact.tickets.length === 0
      ? [row(who(contact, record), html`<td colspan="2"></td>`)]
      : contact.tickets.map((ticket) => row(who(contact, record), ticketCells(ticket, control)));
  });
  return html`<h2>${title}</h2>
<table>
<thead><tr><th scope="col">Contact</th><th scope="col">Ticket</th><th scope="col">State</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
${newContactForm(control)}${contacts.length === 0 ? '' : newTicketForm(contacts, control)}`;
}

function row(contact: Markup, ticket: Markup): Markup {
  return html`<tr>${contact}${ticket}</tr>\n`;
}

function who({ name, email }: SandboxContact, record: string): Markup {
  return html`<td><a href="${record}">${name}</a><br><span class="quiet">${email ?? 'no address'}</span></td>`;
}

function ticketCells({ id, subject, agent, state }: Ticket, control: string): Markup {
  const answered = agent === undefined ? '' : html`, answered by ${agent}`;
  const button =
    state === 'open'
      ? html`<button class="resolve" formaction="${control}/tickets/${id}/resolve">Resolve</button>`
      : html`<button formaction="${control}/tickets/${id}/reopen">Reopen</button>`;
  return html`<td>${subject}<br><span class="quiet">${id}${answered}</span></td>
<td><form method="post"><span>${state}</span> ${button}</form></td>`;
}

function newContactForm(control: string): Markup {
  return html`<form class="entry" method="post" action="${control}/contacts">
<label>Name <input name="name" required></label>
<label>Email <input name="email" type="email"></label>
<button>Add a contact</button>
</form>
`;
}

function newTicketForm(contacts: readonly SandboxContact[], control: string): Markup {
  const options = contacts.map(({ id, name }) => html`<option value="${id}">${name}</option>\n`);
  return html`<form class="entry" method="post" action="${control}/tickets">
<label>Requester <select name="requesterId">
${options}</select></label>
<label>Subject <input name="subject" required></label>
<label>Agent <input name="agent"></label>
<button>Open a ticket</button>
</form>
`;
}
