import account from './en/account.json';
import audit from './en/audit.json';
import brands from './en/brands.json';
import calculators from './en/calculators.json';
import connections from './en/connections.json';
import contacts from './en/contacts.json';
import decisions from './en/decisions.json';
import deliveries from './en/deliveries.json';
import dryRun from './en/dry-run.json';
import editor from './en/editor.json';
import home from './en/home.json';
import keys from './en/keys.json';
import metrics from './en/metrics.json';
import notices from './en/notices.json';
import parts from './en/parts.json';
import responses from './en/responses.json';
import settings from './en/settings.json';
import shell from './en/shell.json';
import signIn from './en/sign-in.json';
import surveys from './en/surveys.json';
import team from './en/team.json';
import welcome from './en/welcome.json';

/** The words of the console, by where they stand; the other languages have the same keys. */
export const english = {
  account,
  audit,
  brands,
  calculators,
  connections,
  contacts,
  decisions,
  deliveries,
  dryRun,
  editor,
  home,
  keys,
  metrics,
  notices,
  parts,
  responses,
  settings,
  shell,
  signIn,
  surveys,
  team,
  welcome,
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof english;
  }
}
