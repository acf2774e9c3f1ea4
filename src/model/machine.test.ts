import { describe, expect, test } from 'vitest';
import { normalizeEmail } from './contact.ts';
import { isMachineAddress, machineAddress } from './machine.ts';

const isMachine = (address: string, named: readonly string[] = []) =>
  isMachineAddress(normalizeEmail(address) ?? '', new Set(named));

describe('no person reads mail to', () => {
  test.each([
    'MAILER-DAEMON@mx1.example.com',
    'mailerdaemon@example.com',
    'postmaster@example.com',
    'noreply@example.com',
    'no-reply@example.com',
    'no_reply@example.com',
    'no.reply@example.com',
    'noreply+123@example.com',
    'noreply2@example.com',
    'no-reply-7@example.com',
    'do-not-reply@example.com',
    'donotreply@example.com',
    'do_not_respond@example.com',
    'bounce@example.com',
    'bounces@example.com',
    'bounce+x@example.com',
    'bounces+12345-ab12-ann=example.com@em.example.com',
    'bounce-md_30412.v1-ab12cd@mandrill.example',
    'double-bounce@example.com',
    'auto-reply@example.com',
    'autoresponder@example.com',
    'notifications@example.com',
    'notification@example.com',
    'calendar-notification@example.com',
    'comments-noreply@docs.example.com',
    'ne-pas-repondre@example.fr',
    'nicht-antworten@example.de',
    'nao-responda@example.pt',
    'no-responder@example.es',
  ])('%s', (address) => {
    expect(isMachine(address)).toBe(true);
  });
});

describe('a person may read mail to', () => {
  test.each([
    'donotreply.jones@example.com',
    'noreply-jones@example.com',
    'noreplyman@example.com',
    'bounce.jones@example.com',
    'bouncer@example.com',
    'postmasters@example.com',
    'ann.postmaster@example.com',
    'daemon@example.com',
    'ann+noreply@example.com',
    'ann@noreply.example.com',
    'info@example.com',
    'support@example.com',
    'not.iffy@example.com',
    'reply@example.com',
  ])('%s', (address) => {
    expect(isMachine(address)).toBe(false);
  });
});

describe('what an admin names besides', () => {
  test.each([
    ['Alerts@', 'alerts@example.com', 'alert@example.com'],
    ['alerts@', 'alerts+disk@example.com', 'alerts.ann@example.com'],
    ['Robot@Example.com', 'robot@example.com', 'robot@example.org'],
    ['monitoring.example', 'ann@eu.monitoring.example', 'ann@mymonitoring.example'],
    ['@monitoring.example', 'ann@monitoring.example', 'ann@example.com'],
  ])('%s holds for %s and not for %s', (named, machine, contact) => {
    const read = machineAddress.parse(named);
    expect(isMachine(machine, [read])).toBe(true);
    expect(isMachine(contact, [read])).toBe(false);
    expect(isMachine(machine)).toBe(false);
  });

  test.each(['', '@', 'two words', 'example', 'ann@@example.com', '..@', 'https://example.com'])(
    '%j is refused',
    (named) => {
      expect(machineAddress.safeParse(named).success).toBe(false);
    },
  );
});
