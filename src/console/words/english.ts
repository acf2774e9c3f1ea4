import account from './en/account.json' with { type: 'json' };
import audit from './en/audit.json' with { type: 'json' };
import brands from './en/brands.json' with { type: 'json' };
import calculators from './en/calculators.json' with { type: 'json' };
import connections from './en/connections.json' with { type: 'json' };
import contacts from './en/contacts.json' with { type: 'json' };
import decisions from './en/decisions.json' with { type: 'json' };
import deliveries from './en/deliveries.json' with { type: 'json' };
import dryRun from './en/dry-run.json' with { type: 'json' };
import editor from './en/editor.json' with { type: 'json' };
import events from './en/events.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import keys from './en/keys.json' with { type: 'json' };
import metrics from './en/metrics.json' with { type: 'json' };
import parts from './en/parts.json' with { type: 'json' };
import responses from './en/responses.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import surveys from './en/surveys.json' with { type: 'json' };
import team from './en/team.json' with { type: 'json' };
import welcome from './en/welcome.json' with { type: 'json' };

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
  events,
  parts,
  responses,
  settings,
  shell,
  signIn,
  surveys,
  team,
  welcome,
} as const;
