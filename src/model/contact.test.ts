import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeEmail } from './contact.ts';

describe('one mailbox has one form', () => {
  test.each([
    ['ann@example.com', 'ann@example.com'],
    ['Ann.Example@Example.COM', 'ann.example@example.com'],
    [' \t ann@example.com\r\n', 'ann@example.com'],
    ['\u00A0ann@example.com\u3000', 'ann@example.com'],
    ['\uFEFFann\u200B@exam\u00ADple.com\u2060', 'ann@example.com'],
    ['\u202Aann@example.com\u202C', 'ann@example.com'],
    ['ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ann@example.com'],
    ['o_o-o%o!o~o$o@mail.example.co.uk', 'o_o-o%o!o~o$o@mail.example.co.uk'],
    ['！ａｎｎ～@example.com', '!ann~@example.com'],
    ["o'hara@example.com", "o'hara@example.com"],
    ['1@2.example.com', '1@2.example.com'],
    ['ann@a-29-b9.example', 'ann@a-29-b9.example'],
    ['ann@x.com', 'ann@x.com'],
    ['a@b.co', 'a@b.co'],
    ['ann@r2---sn--4.example', 'ann@r2---sn--4.example'],
    ['ann@example.photography', 'ann@example.photography'],
    ['ann@example.xn--p1ai', 'ann@example.xn--p1ai'],
    ['ann+news-2026=de@example.com', 'ann+news-2026=de@example.com'],
    ["#!$%&'*+-/=?^_`{}|~@example.com", "#!$%&'*+-/=?^_`{}|~@example.com"],
    ['-ann_@example.com', '-ann_@example.com'],
    ['ann.@docomo.example', 'ann.@docomo.example'],
    ['.ann@ezweb.example', '.ann@ezweb.example'],
    ['an..n@docomo.example', 'an..n@docomo.example'],
    ['"ann"@example.com', 'ann@example.com'],
    ['"ann.."@docomo.example', 'ann..@docomo.example'],
  ])('%j is %j', (raw, normal) => {
    expect(normalizeEmail(raw)).toBe(normal);
  });
});

describe('Unicode', () => {
  test.each([
    ['composed as typed', 'rene\u0301@example.com', 'ren\u00E9@example.com'],
    ['upper case without a composed form', 'H\u0331@example.com', '\u1E96@example.com'],
    ['Greek', 'ΑΝΝΑ@example.com', 'αννα@example.com'],
    ['a domain with an umlaut', 'ann@MÜNCHEN.example', 'ann@xn--mnchen-3ya.example'],
    ['the same domain decomposed', 'ann@mu\u0308nchen.example', 'ann@xn--mnchen-3ya.example'],
    ['the same domain in ASCII', 'ann@XN--MNCHEN-3YA.example', 'ann@xn--mnchen-3ya.example'],
    ['a top-level domain with digits in its ASCII form', 'ann@пример.срб', 'ann@xn--e1afmkfd.xn--90a3ac'],
    ['a Japanese domain with its own full stop', 'ann@例え。テスト', 'ann@xn--r8jz45g.xn--zckzah'],
  ])('%s', (_, raw, normal) => {
    expect(normalizeEmail(raw)).toBe(normal);
  });
});

describe('other mailboxes stay apart', () => {
  test.each([
    ['ann+shop@example.com', 'ann@example.com'],
    ['ann+shop@example.com', 'ann+bank@example.com'],
    ['a.nn@example.com', 'ann@example.com'],
    ['ann@mail.example.com', 'ann@example.com'],
    ['ann²@example.com', 'ann2@example.com'],
    ['ﬁn@example.com', 'fin@example.com'],
    ['аnn@example.com', 'ann@example.com'],
    ['ann@straße.example', 'ann@strasse.example'],
  ])('%j is not %j', (one, other) => {
    expect(normalizeEmail(one)).toBeDefined();
    expect(normalizeEmail(other)).toBeDefined();
    expect(normalizeEmail(one)).not.toBe(normalizeEmail(other));
  });
});

describe('what mail cannot be sent to is no address', () => {
  test.each([
    '',
    ' ',
    'ann',
    '@',
    'ann@',
    '@example.com',
    'ann@localhost',
    'ann@example',
    'ann@.example.com',
    'ann@example.com.',
    'ann@example..com',
    'ann@-example.com',
    'ann@example-.com',
    'ann@exa_mple.com',
    'ann@example.c',
    'ann@example.123',
    'ann@127.0.0.1',
    'ann@0x7f.1',
    'ann@[127.0.0.1]',
    'ann@example.com:25',
    'ann@example.com/path',
    'ann@example.com?subject=Hello',
    'ann@example.com#top',
    'ann@example\\com.example',
    'ann@ex%61mple.com',
    `ann@${'x'.repeat(64)}.example`,
    `ann@example.${'x'.repeat(64)}`,
    '.@example.com',
    '...@example.com',
    'ann smith@example.com',
    '"ann smith"@example.com',
    '"ann@home"@example.com',
    '""@example.com',
    '"@example.com',
    '"ann@example.com',
    "'ann@example.com'",
    'ann@exam ple.com',
    'ann\n@example.com',
    'ann@exam\nple.com',
    'ann\u0000@example.com',
    'ann\u0007@example.com',
    'ann\uD800@example.com',
    'ann(work)@example.com',
    'Ann <ann@example.com>',
    'mailto:ann@example.com',
    'ann@example.com, bob@example.com',
    'ann@example.com;bob@example.com',
    'ann@bob@example.com',
    'ann@example.com\r\nBcc: bob@example.com',
  ])('%j', (raw) => {
    expect(normalizeEmail(raw)).toBeUndefined();
  });

  test('the longest local part, label and domain are, and one character more is not', () => {
    const label = 'x'.repeat(63);
    const domain = `${label}.${label}.${label}.${'x'.repeat(53)}.example`;
    const longest = `${'x'.repeat(64)}@${domain}`;

    expect(domain).toHaveLength(253);
    expect(normalizeEmail(longest)).toBe(longest);
    expect(normalizeEmail(`x${longest}`)).toBeUndefined();
    expect(normalizeEmail(`ann@${domain.replace('.example', 'x.example')}`)).toBeUndefined();
  });
});

describe('whatever the address', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('H', 'T', 'Σ', 'İ', 'ß', 'ﬁ', '\u0331', '\u0308', '\u200D', '.', '+', '²') }),
  );
  const domain = fc.oneof(
    fc.domain(),
    text.map((label) => `${label}.example`),
  );
  const address = fc
    .tuple(text, fc.constantFrom('@', '＠'), domain)
    .map((parts) => parts.join(''))
    .filter((raw) => normalizeEmail(raw) !== undefined);

  test('its form is its own form', () => {
    fc.assert(
      fc.property(address, (raw) => {
        const normal = normalizeEmail(raw) ?? '';

        expect(normalizeEmail(normal)).toBe(normal);
      }),
    );
  });

  test('case, composition and spaces around it make no difference', () => {
    fc.assert(
      fc.property(address, (raw) => {
        expect(normalizeEmail(`\u00A0${raw.normalize('NFD')} `)).toBe(normalizeEmail(raw));
      }),
    );
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        expect(normalizeEmail(raw.toUpperCase())).toBe(normalizeEmail(raw.toLowerCase()));
      }),
    );
  });

  test('it can stand in a header', () => {
    fc.assert(
      fc.property(address, (raw) => {
        expect(normalizeEmail(raw)).toMatch(/^[^\s\p{C}<>,;:"()]+@[a-z0-9.-]+$/u);
      }),
    );
  });
});
