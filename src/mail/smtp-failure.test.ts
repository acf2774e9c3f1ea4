import { expect, test } from 'vitest';
import { UpstreamRefused } from '../errors.ts';
import { Bounced } from './bounced.ts';
import { smtpFailure } from './smtp-failure.ts';

const attempt = { bodySent: false, usualSender: true, setting: 'SMTP_URL' };

test.each([
  ['RCPT TO', '550 5.1.1 unknown here'],
  ['RCPT TO', '552 5.2.2 over quota'],
  ['RCPT TO', '550 no such mailbox'],
  ['DATA', '550 5.1.1 unknown here'],
] as const)('%s: %s is a bounce', (command, response) => {
  expect(failureOf(command, response)).toBeInstanceOf(Bounced);
});

test.each([
  ['RCPT TO', '554 5.7.1 relaying denied'],
  ['RCPT TO', '550 5.7.26 not authenticated'],
  ['DATA', '550 5.7.1 blocked by policy'],
  ['DATA', '554 looks like spam'],
  ['MAIL FROM', '552 5.3.4 too large'],
] as const)('%s: %s is not, and says so to the operator', (command, response) => {
  const failure = failureOf(command, response);
  expect(failure).not.toBeInstanceOf(Bounced);
  expect(failure).toBeInstanceOf(UpstreamRefused);
  expect(failure).toMatchObject({ concerns: 'request' });
});

test('an address that cannot stand in an envelope is a bounce', () => {
  expect(smtpFailure({ code: 'EENVELOPE' }, attempt)).toBeInstanceOf(Bounced);
});

function failureOf(command: string, response: string) {
  const responseCode = Number(response.slice(0, 3));
  return smtpFailure({ code: 'EENVELOPE', command, response, responseCode }, attempt);
}
