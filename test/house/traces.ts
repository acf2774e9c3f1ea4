import { basename } from 'node:path';
import type { Rule } from './files.ts';

const address = /[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b/giu;
const inventedDomain = /(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid)$/iu;
const token = /\bpat-[a-z]{2}\d-[\w-]{8,}|\bBearer\s+\w{8,}|\beyJ[\w-]{16,}|\b(?=\w*[a-z])(?=\w*\d)\w{40,}\b/giu;

/** What was recorded from a vendor must not give anybody away. */
export const scrubbedFixtures: Rule = (files) =>
  files
    .filter(({ path }) => path.includes('/fixtures/'))
    .flatMap(({ path, text }) => [
      ...[...text.matchAll(address)]
        .filter(([, domain = '']) => !inventedDomain.test(domain))
        .map(() => `${path} holds an address that may be somebody's`),
      ...[...text.matchAll(token)].map(() => `${path} holds what looks like a token`),
    ]);

const machinePath = /(?:^|[\s'"`(=])\/(?:home|root|Users|work)\/\w/mu;
const packageHost = /\bregistry\.[a-z]|\bnp[m]js\b/u;

/** The repository is read on other machines than the one it was written on. */
export const noMachine: Rule = (files) =>
  files.flatMap(({ path, text }) => [
    ...(machinePath.test(text) ? [`${path} names a path of one machine`] : []),
    ...(packageHost.test(text) || /"resolved": "h[t]tp/u.test(text) ? [`${path} names a host of packages`] : []),
  ]);

/** Whoever reads the name of a document wants to open it. */
export const documentsExist: Rule = (files) => {
  const documents = new Set(files.map(({ path }) => basename(path)).filter((name) => name.endsWith('.md')));
  return files
    .filter(({ path }) => path !== 'package-lock.json')
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\b[\w-]+\.md\b/gu)]
        .filter(([name]) => !documents.has(name))
        .map(([name]) => `${path} speaks of ${name}, which is not here`),
    );
};
