import type { BounceReason } from './email-failures.ts';
import type { SmtpReply } from './smtp-reply.ts';

/** Who has to act on a reply, and a stable word for what it said. */
export type Sorted =
  | { fault: 'recipient'; reason: BounceReason }
  | { fault: 'email' | 'sender'; reason: string }
  | { fault: 'account'; reason: 'credentials' | 'relay_denied' | 'account_blocked' }
  | { fault: 'mailbox' | 'throttled' | 'server'; reason: string };

type Row = Sorted & {
  /** The enhanced statuses that mean this, without their class. */
  statuses?: RegExp;
  /** The words that mean this. Every repetition in them is bounded. */
  words?: RegExp;
  /** Where it holds only for some replies. */
  only?: (reply: SmtpReply) => boolean;
};

const isTemporary = ({ isPermanent }: SmtpReply) => !isPermanent;
const isPermanent = ({ isPermanent: permanent }: SmtpReply) => permanent;
const isAboutRecipient = ({ command, isPermanent: permanent }: SmtpReply) => permanent && command !== 'MAIL FROM';

/**
 * What email servers say, and whose fault it is. The first row that matches wins, so what is about us stands before
 * what is about a recipient: a server that refuses us may call it anything.
 *
 * Statuses are those of https://www.rfc-editor.org/rfc/rfc3463 (X.1.7 and X.1.8 are the *sender's* address) and of
 * https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online.
 */
const rows: readonly Row[] = [
  {
    ...{ fault: 'account', reason: 'credentials' },
    statuses: /^7\.(?:8|9|57)$/u,
    words: /authentication (?:is )?required|must authenticate|not authenticated to send|log ?in first/u,
  },
  // Busy with one recipient, which is not busy with us.
  {
    ...{ fault: 'mailbox', reason: 'mailbox_busy' },
    statuses: /^2\.12[12]$/u,
    words: /is receiving (?:mail|email|messages) (?:too quickly|at a rate)/u,
  },
  {
    ...{ fault: 'mailbox', reason: 'greylisted' },
    words: /gr[ae]y-?list/u,
    only: isTemporary,
  },
  {
    ...{ fault: 'throttled', reason: 'throttled' },
    statuses: /^(?:1\.90|4\.5|7\.28)$/u,
    words:
      /throttl|(?:daily|hourly|monthly|weekly) (?:\w{1,20} ){0,3}(?:quota|limit)|(?:sending|message|messages|email|smtp) (?:rate|quota|limit)|rate[ -]?limit|unusual rate|limit for message recipients|(?:messages|emails|recipients) per (?:second|minute|hour|day)|too many (?:messages|mails|emails|connections|sessions|recipients|login attempts|requests|concurrent)|sending too (?:fast|many|much)|slow down|server (?:is )?(?:too )?busy|temporarily deferred|maximum credits|too much mail/u,
    only: ({ text }) => !/message size|message too (?:large|big|long)/u.test(text),
  },
  { ...{ fault: 'throttled', reason: 'throttled' }, statuses: /^7\.(?:0|[56]\d\d)$/u, only: isThrottle },
  {
    ...{ fault: 'sender', reason: 'sender_unauthenticated' },
    statuses: /^7\.(?:2[0-4]|26|27|29|3[01]|509|512|515)$/u,
    words: /\b(?:spf|dmarc|dkim)\b/u,
  },
  {
    ...{ fault: 'sender', reason: 'sender_refused' },
    statuses: /^(?:1\.7|1\.8|2\.252|7\.60)$/u,
    words:
      /sender (?:address |domain |email |verify |verification |id(?:entity)? |is |has been |was ){0,3}(?:rejected|refused|denied|failed|failure|unverified|unknown|invalid|blocked|not |must|does|required)|(?:unable|failed|cannot|could not) to verify (?:the )?sender|cannot verify (?:the )?sender|verification failed for (?:the )?sender|(?:invalid|bad|unknown|unauthenticated|unauthori[sz]ed|unverified) sender|sender (?:identity|unverified|syntax)|domain of (?:the )?sender|envelope sender|send ?as ?denied|(?:not (?:allowed|authori[sz]ed|permitted)|not have permissions?) to send (?:as|from|on behalf|using|mail|email|messages)|not owned by user|from address (?:does not|doesn't|is not|not)|address(?:es)? (?:is|are) not verified|not verified\. the following identities|mail from (?:address )?(?:is )?(?:not|refused|rejected|denied)/u,
  },
  {
    ...{ fault: 'account', reason: 'relay_denied' },
    statuses: /^7\.54$/u,
    words:
      /relay(?:ing)? (?:access |mail |is |to this domain ){0,2}(?:denied|not |prohibited|disallowed|refused|forbidden|disabled)|(?:unable|cannot|not (?:permitted|allowed|authori[sz]ed)) to relay|(?:no|not|not an open|don't|do not) relay|not local(?: host)?, .{0,40}gateway|relay_not|allowed rcpthosts/u,
  },
  {
    ...{ fault: 'account', reason: 'account_blocked' },
    statuses: /^7\.(?:25|50[0-8]|60[6-9]|6[1-4]\d|70[58]|750)$/u,
    words:
      /storedrv\.submission|outboundspam|your account|for this account|sending (?:is |has been |was )?(?:suspended|paused|disabled|blocked)|tenant .{0,60}(?:exceeded|blocked)|block(?:ed)? ?list|blacklist|black list|blocked (?:using|- ?see|see|at http)|\brbl\b|\bdnsbl\b|spamhaus|spamcop|barracudacentral|sorbs|\blisted (?:at|in|on|by)|reputation|banned sending|reverse dns|\bptr\b|(?:client host|your ip|your host|ip address|sending ip|sending mta|your network) .{0,80}(?:blocked|banned|rejected|listed|denied)|part of their network is on/u,
  },
  {
    ...{ fault: 'email', reason: 'too_large' },
    statuses: /^(?:2\.3|3\.4)$/u,
    words:
      /(?:message|mail|email) (?:\w{1,20} ){0,3}too (?:large|big|long)|size (?:exceed|limit|is too)|exceeds? .{0,40}(?:size|length)/u,
  },
  { ...{ fault: 'email', reason: 'too_large' }, only: ({ code, command }) => code === 552 && command === 'MAIL FROM' },
  {
    ...{ fault: 'mailbox', reason: 'mailbox_full' },
    statuses: /^2\.2$/u,
    words:
      /(?:mailbox|inbox|account|user|recipient) (?:\w{1,20} ){0,3}(?:full|over (?:\w{1,20} )?quota|out of (?:\w{1,20} )?(?:storage|space))|over ?quota|quota (?:is )?(?:exceeded|full)|exceed(?:ed|s)? .{0,40}(?:quota|storage|space)|(?:insufficient|not enough) (?:\w{1,20} )?(?:storage|space)/u,
  },
  { ...{ fault: 'sender', reason: 'sender_refused' }, only: (reply) => isPermanent(reply) && isEmailFrom(reply) },
  { ...{ fault: 'recipient', reason: 'mailbox_unknown' }, statuses: /^1\.(?:1|6|10)$/u, only: isAboutRecipient },
  { ...{ fault: 'recipient', reason: 'domain_unknown' }, statuses: /^1\.2$/u, only: isAboutRecipient },
  { ...{ fault: 'recipient', reason: 'address_invalid' }, statuses: /^1\.3$/u, only: isAboutRecipient },
  { ...{ fault: 'recipient', reason: 'mailbox_disabled' }, statuses: /^2\.1$/u, only: isAboutRecipient },
  {
    ...{ fault: 'email', reason: 'content_refused' },
    words:
      /\bspam|virus|malware|phish|unsolicited|content (?:filter|reject|denied|policy|not)|rejected (?:due to|because of|by) (?:\w{1,20} )?(?:content|policy)|attachment|policy/u,
    only: isPermanent,
  },
  {
    ...{ fault: 'recipient', reason: 'domain_unknown' },
    words:
      /(?:no such|unknown|invalid|unrecognized) (?:domain|host)|(?:domain|host) (?:name )?(?:unknown|not found|does(?: not|n't) exist)|unrout(?:e)?able address/u,
    only: isAboutRecipient,
  },
  {
    ...{ fault: 'recipient', reason: 'mailbox_unknown' },
    words:
      /(?:user|recipient|mailbox|account|address|addressee)(?: address)? (?:is )?(?:unknown|not found|invalid|unavailable|nonexistent|non-existent|not known|undeliverable)|(?:unknown|invalid|no such|nonexistent|non-existent|undeliverable|bad) (?:\w{1,20} )?(?:user|recipient|mailbox|account|address|addressee|person|local[ -]part)|(?:user|recipient|mailbox|account|address|addressee|person) (?:\w{1,30} ){0,8}(?:does(?: not|n't) exist|not exist|could not be found|not (?:listed|found|known))|no mailbox|mailbox not (?:found|available)|(?:does not|doesn't) have an? .{0,60}account|recipientnotfound|recipient address rejected: access denied\. as\(|not our customer|isn't a valid recipient|is not a valid (?:recipient|mailbox|user|address)/u,
    only: isAboutRecipient,
  },
  { ...{ fault: 'email', reason: 'content_refused' }, statuses: /^(?:6|7)\.\d{1,3}$/u, only: isPermanent },
  {
    ...{ fault: 'recipient', reason: 'mailbox_disabled' },
    words:
      /(?:mailbox|account|user|recipient|address) (?:\w{1,20} ){0,8}(?:disabled|deactivated|inactive|suspended|no longer (?:active|available|valid|in use|exists|accept))/u,
    only: isAboutRecipient,
  },
  { ...{ fault: 'server', reason: 'unavailable' }, only: ({ code }) => code === 421 || code === 503 },
  { ...{ fault: 'server', reason: 'unavailable' }, only: (reply) => isTemporary(reply) && !isAboutEmail(reply) },
  { ...{ fault: 'mailbox', reason: 'mailbox_busy' }, only: isTemporary },
  { ...{ fault: 'email', reason: 'refused' }, only: isAboutEmail },
];

/** A greeting that is no welcome: the server is there, and does not work. */
const unwelcome: Sorted = { fault: 'server', reason: 'unavailable' };

/** Says who has to act on a reply. */
export function sortReply(reply: SmtpReply): Sorted {
  return rows.find((row) => matches(row, reply)) ?? unwelcome;
}

function matches({ statuses, words, only }: Row, reply: SmtpReply): boolean {
  if (only && !only(reply)) return false;
  if (!statuses && !words) return true;
  return (statuses?.test(reply.status) ?? false) || (words?.test(reply.text) ?? false);
}

/** 454 is not for recipients, and 4.7.0 of the others is about the session; 4.7.5xx is how Exchange Online throttles. */
function isThrottle({ code, status }: SmtpReply): boolean {
  return code === 454 || (code === 421 && status === '7.0') || (code < 500 && status !== '7.0');
}

function isEmailFrom({ command }: SmtpReply): boolean {
  return command === 'MAIL FROM';
}

function isAboutEmail({ command }: SmtpReply): boolean {
  return command === 'RCPT TO' || command === 'DATA';
}
