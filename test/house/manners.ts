import { isCode, isTest, type Rule } from './files.ts';

const mostLines = 250;
const mostLinesOfTest = 500;

/** Longer, for a reason one can say: the socket is one contract, read from top to bottom by whoever adds a connector. */
const longer: Readonly<Record<string, number>> = { 'src/connector.ts': 400 };

export const lengths: Rule = (files) =>
  files.filter(isCode).flatMap((file) => {
    const lines = file.text.split('\n').length - 1;
    const most = longer[file.path] ?? (isTest(file) ? mostLinesOfTest : mostLines);
    return lines > most ? [`${file.path} has ${lines} lines, more than ${most}`] : [];
  });

/** A drawer for odds and ends gets full of them. */
const drawer = /^(?:.*-)?(?:utils?|helpers?|common|misc|services?|managers?)(?:-.*)?\.|^types\.ts$/u;
const kebabCase = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/u;

export const names: Rule = (files) =>
  files.filter(isCode).flatMap(({ path }) => {
    const parts = path.split('/');
    return [
      ...(parts.every((part) => kebabCase.test(part)) ? [] : [`${path} is not in kebab-case`]),
      ...(drawer.test(parts.at(-1) ?? '') ? [`${path} has a name that says nothing`] : []),
    ];
  });

export const exportsByName: Rule = (files) =>
  files
    .filter(
      (file) => isCode(file) && !/^(?:src\/\w+\/)?[\w-]+\.config\.ts$|^\.dependency-cruiser\.mjs$/u.test(file.path),
    )
    .filter(({ text }) => /^export default\b|^export \{[^}]*\bas default\b/mu.test(text))
    .map(({ path }) => `${path} has a default export`);

export const nothingPutOff: Rule = (files) =>
  files
    .filter(isCode)
    .filter(({ text }) => /\b(?:T[O]DO|F[I]XME|X[X]X)\b/u.test(text))
    .map(({ path }) => `${path} puts something off`);
