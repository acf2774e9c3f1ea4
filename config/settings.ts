import { resolve } from 'node:path';
import { z } from 'zod';
import type { Connector } from '../src/connector.ts';
import { ConfigurationProblem, type SettingProblem } from '../src/model/errors.ts';
import { readFields } from '../src/model/field-problems.ts';
import type { Texts } from '../src/model/locale.ts';
import { describeSettings, type Setting } from '../src/model/setting.ts';
import type { SurveyDefinition } from '../src/modules/surveys/index.ts';
import type { SmtpServer } from '../src/platform/email/smtp-server.ts';
import { findConflicts, type SettingsGiven } from './combinations.ts';
import { describeProblem } from './describe-problems.ts';
import type { EmailSender } from './email-server.ts';
import type { Environment } from './environment.ts';
import { readLocales } from './locales.ts';
import { ownSettings } from './own-settings.ts';
import { listensToOthers } from './public-url.ts';
import { readSurveyFile, type SurveyFileContent } from './survey-file.ts';
import type { TrustedProxies } from './trusted-proxies.ts';
import { findTypos, type Typo } from './typos.ts';
import { type ConnectorSettings, readVendors, type VendorSettings } from './vendors.ts';
import { findWarnings, type Warning } from './warnings.ts';

export type SingleSignOnSettings = {
  /** Without a slash at the end. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  name: string;
  domains: readonly string[];
  verifiedDomains: readonly string[];
};

export type Settings = {
  production: boolean;
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** Without a slash at the end; absent when nobody named one, see `localUrl`. */
  publicUrl: string | undefined;
  trustProxy: TrustedProxies | false;
  /** Networks in CIDR notation that admins may name, besides the public internet. */
  privateNetworks: readonly string[];
  /** A minute, in each process; 0 is none. */
  rateLimits: { caller: number; visitor: number; page: number };
  logLevel: string;
  /** Absent: the embedded database in `dataDir`. */
  databaseUrl: string | undefined;
  /** A replica of it, which reports are read from. */
  databaseReadUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  /** The first signs, all verify. Empty: the key that `ensureSecretKey` keeps in `dataDir`. */
  secretKeys: readonly string[];
  /** What `SMTP_URL` says. */
  smtpServer: SmtpServer | undefined;
  mailFrom: EmailSender | undefined;
  /** Absent without a file; empty when the file holds none. */
  surveys: readonly SurveyDefinition[] | undefined;
  /** Everything that is said, by language. */
  texts: ReadonlyMap<string, Texts>;
  /** Milliseconds. */
  reconcileEvery: number;
  apiKey: string | undefined;
  /** Milliseconds: without a request, and in all. */
  sessions: { idle: number; longest: number };
  /** Absent without an identity provider. */
  singleSignOn: SingleSignOnSettings | undefined;
  sandbox: boolean;
  /** Whether the sandbox connects its simulated accounts by itself. */
  sandboxConnects: boolean;
  /** The connectors whose keys make a connection, with their own settings. */
  connections: readonly ConnectorSettings[];
  /** Every connector with its own settings, whether they make a connection or not. */
  connectors: readonly ConnectorSettings[];
  /** What stops nothing but should be known. */
  warnings: readonly Warning[];
};

const ownSchema = z.object(ownSettings);

/** @throws ConfigurationProblem naming every problem at once: the key, what is wrong, an example */
export function readSettings(environment: Environment, connectors: readonly Connector[]): Settings {
  const given = withoutEmpty(environment);
  const own = readFields(ownSchema, given);
  const vendors = readVendors(given, connectors);
  const texts = readLocales();
  const surveys = given.SURVEYS_FILE === undefined ? undefined : readSurveyFile(given.SURVEYS_FILE, texts);

  const known = [...describeSettings(ownSchema), ...vendors.keys];
  const vendorKeys = vendors.keys.map(({ key }) => key);
  const found: SettingProblem[] = [
    ...(own.problems ?? []).map(({ field: setting, message }) => ({ setting, message })),
    ...findConflicts(given, vendorKeys),
    ...vendors.problems,
  ];
  const typos = findTypos(Object.keys(given), known, vendorKeys);
  const needed = [...vendorKeys, ...found.map(({ setting }) => setting)].filter((key) => given[key] === undefined);
  const problems = [
    ...found.map((problem) => withExample(problem, known)),
    ...surveyProblems(surveys),
    ...(own.problems ? [] : sandboxProblems(own.data, vendors)),
    ...typos.filter(({ near, nearest }) => near && needed.includes(nearest)).map(asProblem),
  ];
  if (own.problems || problems.length > 0) throw new ConfigurationProblem(problems);

  const settings = { ...composeSettings(own.data, vendors, surveys), texts };
  return { ...settings, warnings: [...typos.map(warningOf), ...findWarnings(settings, vendors.idle)] };
}

function withoutEmpty(environment: Environment): SettingsGiven {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : [])),
  );
}

/** The simulated vendors answer whoever reaches them, and everybody who signs in reads every email but those about accounts: that has to be wanted. */
function sandboxProblems(
  own: z.infer<typeof ownSchema>,
  { connections, idle }: VendorSettings,
): readonly SettingProblem[] {
  const isOnUnasked =
    own.SANDBOX === undefined && own.NODE_ENV !== 'production' && connections.length + idle.length === 0;
  if (!isOnUnasked || !listensToOthers(own.HOST)) return [];
  return [{ setting: 'SANDBOX', message: { code: 'field.sandbox_exposed', params: { host: own.HOST } } }];
}

function surveyProblems(content: SurveyFileContent | undefined): readonly SettingProblem[] {
  return (content?.problems ?? []).map((problem) => ({ setting: 'SURVEYS_FILE', ...problem }));
}

function composeSettings(
  own: z.infer<typeof ownSchema>,
  { all, connections, idle }: VendorSettings,
  surveys: SurveyFileContent | undefined,
): Omit<Settings, 'texts' | 'warnings'> {
  const production = own.NODE_ENV === 'production';
  const vendorConfigured = connections.length + idle.length > 0;
  return {
    production,
    host: own.HOST,
    port: own.PORT,
    publicUrl: own.PUBLIC_URL,
    trustProxy: own.TRUST_PROXY ?? false,
    privateNetworks: own.ALLOW_PRIVATE_ADDRESSES ?? [],
    rateLimits: {
      caller: own.RATE_LIMIT_CALLERS,
      visitor: own.RATE_LIMIT_VISITORS,
      page: own.RATE_LIMIT_PAGES,
    },
    logLevel: own.LOG_LEVEL,
    databaseUrl: own.DATABASE_URL,
    databaseReadUrl: own.DATABASE_READ_URL,
    dataDir: resolve(own.DATA_DIR),
    secretKeys: own.SECRET_KEY ?? [],
    smtpServer: own.SMTP_URL,
    mailFrom: own.MAIL_FROM,
    surveys: surveys?.surveys,
    reconcileEvery: own.RECONCILE_EVERY,
    apiKey: own.API_KEY,
    sessions: { idle: own.SESSION_IDLE, longest: own.SESSION_LONGEST },
    singleSignOn: singleSignOnOf(own),
    sandbox: own.SANDBOX === undefined ? !production && !vendorConfigured : own.SANDBOX !== 'off',
    sandboxConnects: own.SANDBOX !== 'unconnected',
    connections,
    connectors: all,
  };
}

function singleSignOnOf(own: z.infer<typeof ownSchema>): SingleSignOnSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = own;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  const { OIDC_NAME: name, OIDC_DOMAINS: domains = [], OIDC_VERIFIED_DOMAINS: verifiedDomains = [] } = own;
  return { issuer, clientId, clientSecret, name, domains, verifiedDomains };
}

function withExample(problem: SettingProblem, known: readonly Setting[]): SettingProblem {
  return { ...problem, example: known.find(({ key }) => key === problem.setting)?.example };
}

function asProblem({ key, nearest }: Typo): SettingProblem {
  return { setting: key, message: { code: 'field.typo', params: { setting: nearest } } };
}

function warningOf(typo: Typo): Warning {
  return { code: 'setting.unknown', says: describeProblem(asProblem(typo)) };
}
