import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';

/** An email as it arrived. */
export type SavedEmail = {
  id: string;
  at: Date;
  /** The addresses that it was sent to, whatever its headers say. */
  to: readonly string[];
  subject: string;
  /** Names in lower case, in the order in which they came. */
  headers: readonly { name: string; value: string }[];
  html: string;
  text: string;
  /** What a reader can click in its HTML: the visible text and the address behind it. */
  links: readonly { text: string; url: string }[];
};

export async function readEmail(source: Readable, arrival: Pick<SavedEmail, 'id' | 'at' | 'to'>): Promise<SavedEmail> {
  const email = await simpleParser(source);
  const html = typeof email.html === 'string' ? email.html : '';
  return {
    ...arrival,
    subject: email.subject ?? '',
    headers: email.headerLines.map(({ key, line }) => ({ name: key, value: line.slice(line.indexOf(':') + 1).trim() })),
    html,
    text: email.text ?? '',
    links: linksIn(html),
  };
}

function linksIn(html: string): SavedEmail['links'] {
  return [...html.matchAll(/<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gsu)]
    .filter(([link]) => !/^<a\s[^>]*display:\s*none/u.test(link))
    .map(([, url = '', text = '']) => ({
      text: unescapeMarkup(text.replace(/<[^>]*>/gu, '')).trim(),
      url: unescapeMarkup(url),
    }));
}

const characters: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#37;': '%',
  '&amp;': '&',
};

function unescapeMarkup(markup: string): string {
  return markup.replace(/&(?:lt|gt|quot|#39|#37|amp);/gu, (entity) => characters[entity] ?? entity);
}
