import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import { Bounced, EmailDelayed, EmailRefused } from './email-failures.ts';
import { smtpFailure } from './smtp-failure.ts';

const attempt = { bodySent: false, usualSender: true, setting: 'SMTP_URL', recipient: 'ann@customer.example' };

/** Replies as email servers send them, and what they are. */
const replies: Readonly<Record<string, readonly [command: string, response: string][]>> = {
  'recipient mailbox_unknown': [
    ['RCPT TO', '550 5.1.1 <ann@customer.example>: Recipient address rejected: User unknown in virtual mailbox table'],
    ['RCPT TO', '550 5.1.1 <ann@customer.example>: Recipient address rejected: User unknown in relay recipient table'],
    ['RCPT TO', '550 5.1.1 <ann@customer.example>... User unknown'],
    [
      'RCPT TO',
      "550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550-5.1.1 double-checking the recipient's email address for typos or\r\n550-5.1.1 unnecessary spaces. For more information, go to\r\n550 5.1.1  https://support.google.com/mail/?p=NoSuchUser a1-20020a05600c.1 - gsmtp",
    ],
    ['RCPT TO', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'],
    ['RCPT TO', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).'],
    ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [X.prod.outlook.com]'],
    ['DATA', "554 delivery error: dd This user doesn't have a yahoo.com account (ann@yahoo.com) [-5] - mta1.mail"],
    ['RCPT TO', '550 no such mailbox'],
    ['RCPT TO', '550 No such user here'],
    ['RCPT TO', '550-No Such User Here"\r\n550 ann'],
    ['RCPT TO', '550 #5.1.0 Address rejected. Unknown recipient'],
    ['RCPT TO', '553 sorry, no mailbox here by that name (#5.7.1)'],
    ['RCPT TO', '550 Invalid recipient <spam.policy@customer.example>'],
    ['DATA', '550 5.1.1 unknown here'],
    ['RCPT TO', '550 5.1.6 Recipient no longer on server'],
    ['RCPT TO', '550 no ann here, unknown user'],
  ],
  'recipient domain_unknown': [
    ['RCPT TO', '550 5.1.2 <ann@gmial.example>: Recipient address rejected: Domain not found'],
    ['RCPT TO', '550 Unrouteable address'],
  ],
  'recipient address_invalid': [['RCPT TO', '501 5.1.3 Bad recipient address syntax']],
  'recipient mailbox_disabled': [
    ['RCPT TO', '550 5.2.1 The email account that you tried to reach is disabled.'],
    ['RCPT TO', '550 This account has been disabled or discontinued [#102].'],
    ['RCPT TO', '550 5.2.1 The email account that you tried to reach is inactive. relay.spam@rbl.example'],
  ],
  'mailbox mailbox_full': [
    ['RCPT TO', '552 5.2.2 mailbox full'],
    ['RCPT TO', '452 4.2.2 The email account that you tried to reach is over quota.'],
    [
      'RCPT TO',
      '552-5.2.2 The email account that you tried to reach is over quota. Please direct\r\n552 5.2.2 the recipient to x',
    ],
    ['DATA', '552 Requested mail action aborted: exceeded storage allocation'],
    ['DATA', '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException'],
    ['RCPT TO', '550 Mailbox is full / Blocks limit exceeded / Inode limit exceeded'],
    ['RCPT TO', '452 4.3.1 Insufficient system storage'],
  ],
  'mailbox mailbox_busy': [
    ['RCPT TO', '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents'],
    ['RCPT TO', '550 5.2.1 The user you are trying to contact is receiving mail too quickly.'],
    ['RCPT TO', '451 4.3.0 lookup failed'],
    ['RCPT TO', '450 4.2.0 mailbox locked'],
    ['RCPT TO', '554 5.2.121 RecipientPerHourLimit'],
  ],
  'mailbox greylisted': [
    [
      'RCPT TO',
      '450 4.7.1 <ann@customer.example>: Recipient address rejected: Greylisted, see http://postgrey.example',
    ],
    ['RCPT TO', '451 4.7.1 Greylisting in action, please come back later'],
  ],
  'throttled throttled': [
    ['RCPT TO', '454 4.7.0 Throttling failure: Daily message quota exceeded'],
    ['DATA', '454 Throttling failure: Maximum sending rate exceeded.'],
    ['DATA', '454 4.7.0 too many'],
    ['RCPT TO', '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints - 4.16.55.1'],
    [
      'DATA',
      '421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating\r\n421 4.7.28 from your IP',
    ],
    ['RCPT TO', '451 4.7.1 rate limit exceeded'],
    ['RCPT TO', '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)'],
    ['RCPT TO', '451 4.7.652 The mail server [192.0.2.1] has exceeded the maximum number of connections.'],
    ['RCPT TO', '450 4.7.1 Error: too much mail from 192.0.2.1'],
    ['RCPT TO', '450 Requested action not taken: too many messages per hour'],
    ['CONN', '421 4.7.0 Too many concurrent SMTP connections'],
    ['DATA', '451 Maximum credits exceeded'],
    ['DATA', "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"],
    ['RCPT TO', '550 5.1.90 daily limit'],
    [
      'DATA',
      '550-5.4.5 Daily user sending limit exceeded. For more information on Gmail\r\n550 5.4.5 sending limits go to x',
    ],
    ['MAIL FROM', '452 4.3.2 message rate exceeded'],
  ],
  'server unavailable': [
    ['RCPT TO', '421 4.3.0 closing'],
    ['MAIL FROM', '451 4.3.0 temporary lookup failure'],
    ['CONN', '554 no SMTP service here'],
    ['RCPT TO', '503 5.5.1 bad sequence of commands'],
    ['RCPT TO', '421'],
  ],
  'sender sender_refused': [
    ['RCPT TO', '550 5.1.8 <feedback@acme.example>: Sender address rejected: Domain not found'],
    ['RCPT TO', '450 4.1.8 <feedback@acme.example>: Sender address rejected: Domain not found'],
    ['RCPT TO', '550 5.1.0 <feedback@acme.example>: Sender address rejected: User unknown in virtual mailbox table'],
    ['RCPT TO', '501 5.1.7 Bad sender address syntax'],
    ['MAIL FROM', '501 5.1.7 Bad sender address syntax'],
    ['RCPT TO', '550 unable to verify sender address'],
    [
      'RCPT TO',
      '550-Verification failed for <feedback@acme.example>\r\n550-No Such User Here\r\n550 Sender verify failed',
    ],
    ['DATA', '554 5.2.252 SendAsDenied; feedback@acme.example not allowed to send as help@acme.example'],
    ['DATA', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied'],
    ['DATA', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
    ['RCPT TO', '553 5.7.1 <feedback@acme.example>: Sender address rejected: not owned by user acme'],
    [
      'DATA',
      '554 Message rejected: Email address is not verified. The following identities failed the check in region X',
    ],
    ['DATA', '550 The from address does not match a verified Sender Identity.'],
    ['DATA', '550 Unauthenticated senders not allowed'],
    ['MAIL FROM', '550 mailbox unavailable'],
    ['MAIL FROM', '553 5.1.1 user unknown'],
  ],
  'sender sender_unauthenticated': [
    [
      'DATA',
      '550-5.7.26 This mail has been blocked because the sender is unauthenticated.\r\n550 5.7.26 Gmail requires x',
    ],
    ['DATA', '550 5.7.26 not authenticated'],
    ['RCPT TO', '550 SPF check failed'],
    ['DATA', '550 5.7.515 Access denied, sending domain acme.example does not meet the required authentication level'],
    ['DATA', '550 5.7.509 Access denied, sending domain does not pass DMARC verification'],
  ],
  'account relay_denied': [
    ['RCPT TO', '554 5.7.1 <ann@customer.example>: Relay access denied'],
    ['RCPT TO', '454 4.7.1 <ann@customer.example>: Relay access denied'],
    ['RCPT TO', '550 relay not permitted'],
    ['RCPT TO', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
    ['RCPT TO', '554 5.7.1 relaying denied'],
    ['RCPT TO', '550 5.7.1 Unable to relay'],
    ['RCPT TO', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
    ['RCPT TO', '550 ann@customer.example is not permitted to relay'],
  ],
  'account account_blocked': [
    ['RCPT TO', '550 Blocked - see https://rbl.example'],
    ['RCPT TO', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org'],
    ['CONN', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.spamcop.net'],
    [
      'MAIL FROM',
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. part of their network is on our block list (S3150).",
    ],
    ['DATA', '554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message'],
    ['DATA', '550 5.7.606 Access denied, banned sending IP [192.0.2.1]'],
    ['DATA', '554 Message rejected: Sending suspended for this account.'],
    ['DATA', '550-5.7.1 likely suspicious due to the very low reputation of the sending IP\r\n550 5.7.1 address'],
    ['DATA', '550 5.7.25 The IP address sending this message does not have a PTR record'],
  ],
  'account credentials': [
    ['MAIL FROM', '530 5.7.0 Authentication Required'],
    ['MAIL FROM', '530 5.7.57 Client not authenticated to send mail'],
    ['RCPT TO', '550 SMTP authentication is required'],
  ],
  'email too_large': [
    ['DATA', '552 5.2.3 message too long'],
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit'],
    ['MAIL FROM', '552'],
    ['DATA', '552 Message size exceeds maximum permitted'],
  ],
  'email content_refused': [
    ['DATA', '550 5.7.1 blocked by policy'],
    ['DATA', '554 looks like spam'],
    [
      'DATA',
      '550-5.7.1 [192.0.2.1] Our system has detected that this message is\r\n550 5.7.1 likely unsolicited mail.',
    ],
    ['DATA', '552-5.7.0 This message was blocked because its content presents a potential security issue.'],
    ['RCPT TO', '554 5.7.1 <ann@customer.example>: Recipient address rejected: Access denied'],
    ['DATA', '554 5.6.0 Message content not acceptable'],
  ],
  'email refused': [
    ['RCPT TO', '550'],
    ['RCPT TO', '550 5.0.0 rejected'],
    ['DATA', '554 transaction failed'],
    ['DATA', '554 5.3.0 Nein danke'],
  ],
};

const cases = Object.entries(replies).flatMap(([sorted, of]) =>
  of.map(([command, response]) => ({ command, response, sorted })),
);

test.each(cases)('sorts "$command: $response" as $sorted', ({ command, response, sorted }) => {
  expect(sortedAs(failureOf(command, response))).toBe(sorted);
});

test('takes only what is about a recipient for a bounce', () => {
  for (const { command, response, sorted } of cases) {
    const failure = failureOf(command, response);
    expect(failure instanceof Bounced, response).toBe(sorted.startsWith('recipient '));
    const isOurs = /^(?:sender|account|throttled|server) /u.test(sorted);
    expect(failure, response).toMatchObject({ concerns: isOurs ? 'connection' : 'request' });
  }
});

test.each([
  ['535 5.7.8 Username and Password not accepted', 'account credentials'],
  ['454 4.7.0 Temporary authentication failure', 'server unavailable'],
  ['454 4.7.0 Too many login attempts, please try again later', 'throttled throttled'],
])('sorts "%s" to a sign-in as %s', (response, sorted) => {
  const failure = smtpFailure({ code: 'EAUTH', response, responseCode: Number(response.slice(0, 3)) }, attempt);
  expect(sortedAs(failure)).toBe(sorted);
});

test('takes an address that cannot stand in an envelope for a bounce', () => {
  expect(sortedAs(smtpFailure({ code: 'EENVELOPE' }, attempt))).toBe('recipient address_invalid');
});

test.each([
  ['ECONNECTION', 'server unreachable'],
  ['ETIMEDOUT', 'server unreachable'],
  ['EMESSAGE', 'email too_large'],
])('sorts %s without a reply as %s', (code, sorted) => {
  expect(sortedAs(smtpFailure({ code }, attempt))).toBe(sorted);
});

test("leaves the other emails alone when a survey's own sender is refused", () => {
  const response = '550 5.1.8 Sender address rejected: Domain not found';
  const failure = smtpFailure(
    { code: 'EENVELOPE', command: 'RCPT TO', response, responseCode: 550 },
    { ...attempt, usualSender: false },
  );
  expect(failure).toMatchObject({ fault: 'sender', concerns: 'request' });
  expect(failure).toMatchObject({ why: { code: 'email.sender_refused', params: { kind: 'survey' } } });
});

test('gives equal refusals of several recipients one signature', () => {
  const refusal = (who: string) =>
    smtpFailure(
      {
        command: 'RCPT TO',
        responseCode: 550,
        response: `550 5.1.1 <${who}@x.example>: User ${who} unknown (q-${who}1)`,
      },
      { ...attempt, recipient: `${who}@x.example` },
    );
  expect(signature(refusal('ann'))).toBe(signature(refusal('bob')));
  expect(signature(refusal('ann'))).not.toBe(signature(failureOf('RCPT TO', '550 5.1.1 No such user here')));
  expect(signature(failureOf('RCPT TO', '550 5.1.1 no user ann here'))).not.toContain('ann');
});

test('sorts a reply of many megabytes as fast as a short one', () => {
  const words = ['sender address ', 'mailbox ', 'account a ', 'client host ', '1.1.', 'daily a ', 'relay is ', '(#5.'];
  for (const word of words) {
    const response = `550 ${word.repeat(500_000)}`;
    const began = performance.now();
    failureOf('RCPT TO', response);
    expect(performance.now() - began, word).toBeLessThan(200);
  }
});

function failureOf(command: string, response: string) {
  const responseCode = Number(response.slice(0, 3));
  return smtpFailure({ code: 'EENVELOPE', command, response, responseCode }, attempt);
}

function sortedAs(failure: Error): string {
  if (!(failure instanceof EmailRefused || failure instanceof EmailDelayed)) return 'nothing';
  expect(failure).toBeInstanceOf(failure instanceof EmailRefused ? UpstreamRefused : UpstreamBusy);
  return `${failure.fault} ${failure.reason}`;
}

function signature(failure: Error): string {
  return failure instanceof EmailRefused || failure instanceof EmailDelayed ? failure.signature : '';
}
