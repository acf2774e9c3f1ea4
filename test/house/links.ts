import { posix } from 'node:path';
import type { HouseFile, Rule } from './files.ts';

/** Links of documents lead to a file of the repository, and to a heading that is there. */
export const linksResolve: Rule = (files) => {
  const headings = new Map(files.filter(isDocument).map((file) => [file.path, headingsIn(file)]));
  return files.filter(isDocument).flatMap((file) =>
    linksIn(file).flatMap((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file.path : posix.join(posix.dirname(file.path), path);
      // A picture is no text file, and a folder none at all.
      const exists = /\.(?:png|jpg)$/u.test(target) || files.some((one) => `${one.path}/`.startsWith(`${target}/`));
      if (!exists) return [`${file.path} links to ${link}, which is not here`];
      const known = headings.get(target);
      return anchor === undefined || known === undefined || known.has(anchor)
        ? []
        : [`${file.path} links to ${link}, a heading that is not there`];
    }),
  );
};

function isDocument({ path }: HouseFile): boolean {
  return path.endsWith('.md');
}

function linksIn({ text }: HouseFile): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/gu)].map(([, link = '']) => link);
}

/** The anchors of a document's headings, as GitHub makes them. */
function headingsIn({ text }: HouseFile): ReadonlySet<string> {
  const titles = [...withoutCode(text).matchAll(/^#+ (.*)$/gmu)].map(([, title = '']) => title);
  return new Set(
    titles.map((title) =>
      title
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```/gmsu, '');
}
