import brands from './en/brands.json';
import dryRun from './en/dry-run.json';
import editor from './en/editor.json';
import metrics from './en/metrics.json';
import parts from './en/parts.json';
import responses from './en/responses.json';
import shell from './en/shell.json';
import signIn from './en/sign-in.json';
import surveys from './en/surveys.json';

/** The words of the console, by where they stand; the other languages have the same keys. */
export const english = { shell, parts, metrics, signIn, responses, surveys, editor, dryRun, brands } as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof english;
  }
}
