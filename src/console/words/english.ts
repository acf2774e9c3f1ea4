import calculators from './en/calculators.json';
import connections from './en/connections.json';
import contacts from './en/contacts.json';
import decisions from './en/decisions.json';
import deliveries from './en/deliveries.json';
import home from './en/home.json';
import metrics from './en/metrics.json';
import notices from './en/notices.json';
import parts from './en/parts.json';
import responses from './en/responses.json';
import settings from './en/settings.json';
import shell from './en/shell.json';
import signIn from './en/sign-in.json';
import welcome from './en/welcome.json';

/** The words of the console, by where they stand; the other languages have the same keys. */
export const english = {
  shell,
  parts,
  metrics,
  signIn,
  responses,
  welcome,
  connections,
  settings,
  calculators,
  home,
  contacts,
  decisions,
  deliveries,
  notices,
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof english;
  }
}
