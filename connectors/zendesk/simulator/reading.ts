import type { Request } from 'express';
import { invalidRequest } from './refusals.ts';

export type Attributes = Readonly<Record<string, unknown>>;

/**
 * The query, refused when it has a parameter that this route does not know. Zendesk itself overlooks those; a stand-in
 * that did so would hide a misspelt one.
 */
export function readQuery(request: Request, known: readonly string[]): URLSearchParams {
  const query = new URL(request.url, 'http://zendesk.invalid').searchParams;
  for (const name of query.keys()) {
    if (!known.includes(name)) throw invalidRequest(name, 'It is not a parameter of this endpoint.');
  }
  return query;
}

/** The record that stands in the body under its own name, e.g. `{"user": {…}}`, and nothing beside it. */
export function readRecord(request: Request, name: string, known: readonly string[]): Attributes {
  const body: unknown = request.body;
  const record = isObject(body) ? body[name] : undefined;
  if (!isObject(body) || !isObject(record) || Object.keys(body).length !== 1) {
    throw invalidRequest(name, `The body has to be {"${name}": {…}}.`);
  }
  verifyKnown(record, known);
  return record;
}

export function verifyKnown(record: Attributes, known: readonly string[]): void {
  for (const attribute of Object.keys(record)) {
    if (!known.includes(attribute)) throw invalidRequest(attribute, 'It is not an attribute that can be written.');
  }
}

export function readId(text: string): number {
  const id = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(id)) {
    throw invalidRequest('id', 'Invalid parameter: id must be an integer.');
  }
  return id;
}

/** Several ids with commas between, at most a hundred as everywhere in Zendesk. */
export function readIds(text: string | null): readonly number[] {
  if (!text) throw invalidRequest('ids', 'It has to be a list of ids.');
  const ids = text.split(',').map(readId);
  if (ids.length > 100) throw invalidRequest('ids', 'There may be at most 100 ids.');
  return ids;
}

export function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readSideloads(query: URLSearchParams, known: readonly string[]): ReadonlySet<string> {
  const requested = (query.get('include') ?? '').split(',').filter((name) => name !== '');
  const stranger = requested.find((name) => !known.includes(name));
  if (stranger !== undefined) throw invalidRequest('include', `${stranger} cannot be sideloaded here.`);
  return new Set(requested);
}
