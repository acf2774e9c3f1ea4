import { describe, expect, test } from 'vitest';
import { hostsUnder, isNetwork, onlyIn, publicOrIn } from './address-rules.ts';

/** Addresses by which somebody could reach what is not theirs. */
const inside = [
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['169.254.169.254', '169.254.170.2', '100.64.0.1', '100.100.100.200', '192.0.0.192', '168.63.129.16'],
  ...['224.0.0.1', '239.255.255.250', '255.255.255.255', '240.0.0.1', '198.18.0.1', '192.0.2.1', '203.0.113.1'],
  ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1', 'fec0::1'],
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '::ffff:0:127.0.0.1'],
  ...['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2002:a00:1::1', '2001::1'],
  ...['100::1', '2001:db8::1', '0:0:0:0:0:0:0:1', 'not an address', ''],
];

describe('the public internet', () => {
  const allows = publicOrIn([]);

  test.each(inside)('does not have %s', (address) => {
    expect(allows(address)).toBe(false);
  });

  test.each(['1.1.1.1', '104.16.51.111', '2606:4700::6810:336f', '::ffff:1.1.1.1'])('has %s', (address) => {
    expect(allows(address)).toBe(true);
  });
});

test('a network that the operator opened is reached besides, and nothing around it', () => {
  const allows = publicOrIn(['10.20.0.0/16', 'fd12::/16']);
  expect(['10.20.0.1', '::ffff:10.20.0.1', 'fd12::1', '1.1.1.1'].map(allows)).toEqual([true, true, true, true]);
  expect(['10.21.0.1', '127.0.0.1', 'fd13::1', '169.254.169.254'].map(allows)).toEqual([false, false, false, false]);
});

test('an address that was typed in the place of the vendor’s is in an opened network, or nowhere', () => {
  expect(['10.20.0.1', '1.1.1.1', '127.0.0.1'].map(onlyIn(['10.20.0.0/16']))).toEqual([true, false, false]);
  expect(onlyIn([])('1.1.1.1')).toBe(false);
});

describe('a host that is typed', () => {
  const inUrl = (host: string) => new URL(`http://${host}`).hostname;
  const written = [
    ...['127.0.0.1', '127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1', '017700000001', '127.0.0.1.'],
    ...['１２７.０.０.１', '%31%32%37.0.0.1', '10.1', '0xa9fea9fe', '169.254.169.254', '0', '[::1]', '[::]'],
    ...['[::ffff:10.0.0.1]', '[::ffff:7f00:1]', '[fd00:ec2::254]', '[fe80::1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
    ...['localhost', 'LOCALHOST', 'localhost.', 'mail.localhost', 'mail.localhost.'],
  ];

  test.each(written)('%s is not saved', (host) => {
    expect(hostsUnder(publicOrIn([]))(inUrl(host))).toBe(false);
    expect(hostsUnder(onlyIn([]))(inUrl(host))).toBe(false);
  });

  test.each([
    'mail.example.com',
    'notlocalhost',
    'localhost.example',
    '127.0.0.1.example',
    '1.1.1.1',
    '[2606:4700::1]',
  ])('%s is saved', (host) => {
    expect(hostsUnder(publicOrIn([]))(inUrl(host))).toBe(true);
  });

  test('is saved in a network that the operator opened', () => {
    const mayBeAt = hostsUnder(onlyIn(['127.0.0.0/8', '10.20.0.0/16']));
    expect(['10.20.0.1', 'localhost', '[::ffff:10.20.0.1]', '169148417'].map((host) => mayBeAt(inUrl(host)))).toEqual([
      ...[true, true, true, false],
    ]);
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['fd00::/8', true],
  ['10.0.0.0/33', false],
  ['10.0.0.1', false],
  ['10.0.0.0/8x', false],
  ['everything', false],
])('%s is a network: %s', (text, is) => {
  expect(isNetwork(text)).toBe(is);
});
