import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether a connection to this IP address may be opened; `address` is one that a name resolved to, or a literal. */
export type AddressRule = (address: string) => boolean;

/** Networks in CIDR notation, as `ALLOW_PRIVATE_ADDRESSES` names them. */
export type Networks = readonly string[];

/** Of what the operator named: it may be anywhere. */
export const anyAddress: AddressRule = () => true;

/** Of what somebody typed whose host is the vendor's: the public internet, and what the operator opened. */
export function publicOrIn(networks: Networks): AddressRule {
  const opened = onlyIn(networks);
  return (address) => isPublic(address) || opened(address);
}

/** Of an address that somebody typed in the place of the vendor's: what the operator opened, and nothing else. */
export function onlyIn(networks: Networks): AddressRule {
  const ranges = networks.map((network) => ipaddr.parseCIDR(network));
  return (address) => {
    const parsed = parse(address);
    return parsed !== undefined && ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
  };
}

/** Whether a host may be saved; names may, wherever they lead: that is found when a connection is opened. */
export type HostRule = (host: string) => boolean;

/**
 * The rule for a host that somebody types, in the form in which a URL has it: there `0x7f.1` is 127.0.0.1 already.
 * `localhost` and the names below it are this machine, whatever a name server says.
 */
export function hostsUnder(allows: AddressRule): HostRule {
  return (written) => {
    const host = written.replace(/^\[|\]$|\.$/gu, '').toLowerCase();
    if (host === 'localhost' || host.endsWith('.localhost')) return allows('127.0.0.1');
    return isIP(host) === 0 || allows(host);
  };
}

/** Whether this text is a network such as `10.0.0.0/8` or `fd00::/8`. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text);
}

/** All of the public internet in IPv6. What is outside of it is local, translated to IPv4, or not given out yet. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Public addresses at which a cloud tells its machines their secrets. */
const metadata = new Set(['168.63.129.16']);

function isPublic(address: string): boolean {
  const parsed = parse(address);
  if (parsed === undefined || parsed.range() !== 'unicast' || metadata.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

/** An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) is that IPv4 address. */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined;
}
