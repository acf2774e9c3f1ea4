import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';

/** A letter as it arrived. */
export type KeptLetter = {
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

export async function readLetter(source: Readable, arrival: Pick<KeptLetter, 'id' | 'at' | 'to'>): Promise<KeptLetter> {
  const mail = await simpleParser(source);
  const html = typeof mail.html === 'string' ? mail.html : '';
  return {
    ...arrival,
    subject: mail.subject ?? '',
    headers: mail.headerLines.map(({ key, line }) => ({ name: key, value: line.slice(line.indexOf(':') + 1).trim() })),
    html,
    text: mail.text ?? '',
    links: linksIn(html),
  };
}

function linksIn(html: string): KeptLetter['links'] {
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
