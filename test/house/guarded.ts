import { isCode, isTest, type Rule } from './files.ts';

const waysOut = /(?<![.\w])fetch\s*\(|\bglobalThis\.fetch\b|\bnew (?:WebSocket|EventSource)\b/u;

/**
 * Connectors send by the `send` they are given, which alone checks where a request leads; the architecture rules keep
 * them from packages that send. Their simulators, and what becomes an app at the vendor's, are no part of the service.
 */
export const guardedRequests: Rule = (files) =>
  files
    .filter(
      (file) => isCode(file) && !isTest(file) && /^connectors\/\w+\/(?!(?:simulator|fixtures|app)\/)/u.test(file.path),
    )
    .filter(({ text }) => waysOut.test(text))
    .map(({ path }) => `${path} sends requests past the guarded way out`);

/** Settings come in by one door. */
export const readersOfEnvironment: Rule = (files) => {
  const readers = ['config/environment.ts', 'config/setup.mjs', 'src/main.ts'];
  return files
    .filter((file) => isCode(file) && !isTest(file) && !readers.includes(file.path))
    .filter(({ text }) =>
      /\bprocess\s*(?:\.env\b|\[)|\bloadEnvFile\b|\{[^}]*\benv\b[^}]*\}\s*from\s+'node:process'/u.test(text),
    )
    .map(({ path }) => `${path} reads the environment`);
};
