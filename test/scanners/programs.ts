/** Who does something: what the program calls itself, where it comes from, and which cookies it keeps, if it does. */
export type Program = { agent: string; network: string; cookies?: string };

export const scanner: Program = {
  agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0',
  network: '198.51.100.7',
};
/** Loads what a browser loads and runs what it runs, in a machine made for one email. */
export const detonating: Program = { ...scanner, cookies: 'detonating' };
export const mimecast: Program = { agent: 'Mozilla/5.0 (compatible; Mimecast Web Scanner)', network: '198.51.100.8' };

export const phone: Program = {
  agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1',
  network: '192.0.2.9',
  cookies: 'phone',
};
export const withoutCookies: Program = { agent: phone.agent, network: phone.network };
export const curl: Program = { agent: 'curl/8.7.1', network: '192.0.2.44' };

export const office: Program = {
  agent: 'Mozilla/5.0 (Windows NT 10.0) Edg/126.0.0.0',
  network: '203.0.113.1',
  cookies: 'office',
};
/** The proxy of a whole company: what scans behind it looks like what its people look with. */
export const sameProxy: Program = { agent: office.agent, network: office.network };
