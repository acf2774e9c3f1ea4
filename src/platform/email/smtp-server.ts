import { z } from 'zod';
import { asIssue } from '../../model/field-problems.ts';
import type { FieldMessage } from '../../model/messages/field-message.ts';

/** Where emails are handed over by SMTP, and as whom. Everything that a URL may say about it, and nothing else. */
export type SmtpServer = {
  /** TLS from the first byte, `smtps://`; otherwise STARTTLS where the server offers it. */
  secure: boolean;
  /** A name or an address in its usual form, IPv6 without brackets. */
  host: string;
  port: number;
  user?: string;
  password?: string;
  /** Sends nothing where the server does not offer STARTTLS. */
  requireTls?: true;
  /** Does not use STARTTLS where the server offers it. */
  ignoreTls?: true;
  /** Takes any certificate, for a relay that signed its own. */
  anyCertificate?: true;
  /** What we call ourselves in the greeting. */
  name?: string;
};

/** Room for a token in the place of a password, percent-encoded. */
const longestUrl = 2000;

/** What the operator may say behind the `?` of `SMTP_URL`: the only parameters there are. */
const parameters: Readonly<Record<string, (value: string) => Partial<SmtpServer> | undefined>> = {
  requireTLS: (value) => onOrOff(value, { requireTls: true }),
  ignoreTLS: (value) => onOrOff(value, { ignoreTls: true }),
  'tls.rejectUnauthorized': (value) =>
    onOrOff(value === 'false' ? 'true' : value === 'true' ? 'false' : value, { anyCertificate: true }),
  name: (value) => (/^[A-Za-z0-9.:[\]-]{1,255}$/u.test(value) ? { name: value } : undefined),
};

function onOrOff(value: string, on: Partial<SmtpServer>): Partial<SmtpServer> | undefined {
  if (value === 'true') return on;
  return value === 'false' ? {} : undefined;
}

/**
 * Reads the URL of an email server that an admin typed: scheme, host, port, user and password.
 *
 * An email library reads options of its own from a URL's query, among them which program to run. So a URL is read here
 * and nowhere else, and whatever it holds besides is refused.
 *
 * @returns the server, or what is wrong; never quotes the URL
 */
export function parseSmtpUrl(text: string): SmtpServer | { problem: FieldMessage } {
  if (text.length > longestUrl) return wrong({ code: 'field.too_long', params: { max: longestUrl } });
  if (/[\s\p{Cc}\p{Cf}]/u.test(text)) return wrong('field.url_spaces');
  if (/[?#]/u.test(text)) return wrong('field.url_query');
  return parseServer(text);
}

/** As `parseSmtpUrl`, for the operator's `SMTP_URL`, which may carry the few parameters that relays need. */
export function parseOperatorSmtpUrl(text: string): SmtpServer | { problem: FieldMessage } {
  const [address = '', ...queries] = text.split('?');
  const server = text.includes('#') ? wrong('field.url_fragment') : parseServer(address);
  if ('problem' in server) return server;
  const options: Partial<SmtpServer> = {};
  const seen = new Set<string>();
  for (const [key, value] of new URLSearchParams(queries.join('?'))) {
    const read = Object.hasOwn(parameters, key) ? parameters[key]?.(value) : undefined;
    // What stands there is not repeated: it may be the rest of a password.
    if (read === undefined || seen.has(key)) return wrong('field.smtp_parameters');
    seen.add(key);
    Object.assign(options, read);
  }
  if (options.requireTls && options.ignoreTls) return wrong('field.smtp_tls');
  return { ...server, ...options };
}

/** What is wrong, by its code where that says everything. */
function wrong(problem: FieldMessage | PlainCode): { problem: FieldMessage } {
  const message = typeof problem === 'string' ? { code: problem, params: {} } : problem;
  return { problem: message as FieldMessage };
}

type PlainCode = Extract<FieldMessage, { params: Record<string, never> }>['code'];

function parseServer(text: string): SmtpServer | { problem: FieldMessage } {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:\/\//iu.test(text)) return wrong('field.smtp_url');
  if (url.pathname !== '' && url.pathname !== '/') return wrong('field.url_path');
  const host = canonicalHost(url.hostname);
  if (host === undefined) return wrong('field.url_host');
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === undefined || password === undefined) return wrong('field.url_encoding');
  const secure = url.protocol === 'smtps:';
  return {
    ...{ secure, host, port: url.port === '' ? (secure ? 465 : 587) : Number(url.port) },
    ...(user === '' && password === '' ? {} : { user, password }),
  };
}

/** `0x7f.1` is 127.0.0.1, and a name in any script its ASCII form: URLs of the web know that, those of SMTP do not. */
function canonicalHost(written: string): string | undefined {
  const host = URL.parse(`http://${written}`)?.hostname.replace(/^\[|\]$/gu, '');
  return host === '' ? undefined : host;
}

/** Without control characters, which would be commands of their own. */
function decoded(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part);
    return /\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Where email is taken. Any other port is something else, which is not to be knocked at from here. */
export const smtpPorts: readonly number[] = [25, 465, 587, 2525];

/**
 * An email server of a brand, as it is typed: a URL.
 *
 * @param mayBeAt whether a host may be saved; names may, addresses that are not public need not
 */
export function smtpUrlAt(mayBeAt: (host: string) => boolean) {
  return z.string().superRefine((text, context) => {
    const read = parseSmtpUrl(text);
    const problem = 'problem' in read ? read.problem : (portProblem(read) ?? hostProblem(read, mayBeAt));
    if (problem !== undefined) context.addIssue({ code: 'custom', ...asIssue(problem) });
  });
}

function hostProblem({ host }: SmtpServer, mayBeAt: (host: string) => boolean): FieldMessage | undefined {
  return mayBeAt(host) ? undefined : { code: 'field.address_not_public', params: {} };
}

function portProblem({ port }: SmtpServer): FieldMessage | undefined {
  const ports = smtpPorts.map(String);
  return smtpPorts.includes(port) ? undefined : { code: 'field.smtp_port', params: { ports } };
}
