/** Addresses and domains of a workspace's own, in lower case. */
export type OwnAddresses = { ownAddresses: ReadonlySet<string>; ownDomains: ReadonlySet<string> };

/** Whether an address is in one of these domains, or in one below them. @param email normalized */
export function isInDomains(email: string, domains: ReadonlySet<string>): boolean {
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.');
  return labels.some((_, index) => domains.has(labels.slice(index).join('.')));
}

/** Whether a workspace counts an address as its own. @param email normalized */
export function isOwnAddress(email: string, { ownAddresses, ownDomains }: OwnAddresses): boolean {
  return ownAddresses.has(email) || isInDomains(email, ownDomains);
}

/** What a workspace's settings call its own. */
export function readOwnAddresses(of: { ownAddresses: readonly string[]; ownDomains: readonly string[] }): OwnAddresses {
  return {
    ownAddresses: new Set(of.ownAddresses.map((address) => address.toLowerCase())),
    ownDomains: new Set(of.ownDomains.map((domain) => domain.toLowerCase())),
  };
}
