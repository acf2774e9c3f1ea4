import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { RequestError } from '../model/errors.ts';
import { html } from '../platform/http/markup.ts';
import { createRender } from '../platform/messages/render.ts';
import { renderPage, type SandboxPage } from './page.ts';
import { hasFormBody } from './request.ts';

/** The pages of the sandbox are in English. */
const say = createRender();

/** Emails carry their style inline and may show pictures; nothing runs, and forms go nowhere else. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

export function answerPage(response: ServerResponse, status: number, page: SandboxPage): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
  });
  response.end(renderPage(page));
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}

export function answerNothing(response: ServerResponse): void {
  response.writeHead(204).end();
}

/** Back to a page after a form was sent, so that loading it again sends nothing twice. */
export function answerSeeOther(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location }).end();
}

/** As a page for a person who sent a form, else for the program that called. */
export function answerFailure(request: IncomingMessage, response: ServerResponse, failure: RequestError): void {
  const { status, code, params, problems } = failure;
  const detail = say('errors', failure);
  const told = problems.map(({ field, message }) => ({ field, ...message, message: say('fields', message) }));
  if (hasFormBody(request)) {
    const lines = told.map(({ field, message }) => html`<li>${field}: ${message}</li>\n`);
    answerPage(response, status, { title: 'Sandbox', body: html`<h1>${detail}</h1>\n<ul>\n${lines}</ul>` });
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ status, title: STATUS_CODES[status], code, params, detail, problems: told }));
}
