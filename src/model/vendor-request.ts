/**
 * Sends one request and reads its whole answer, whatever its status. Redirects are not followed: they would carry our
 * credentials to another address.
 *
 * @throws NoAnswer when none came, or not in whole; UpstreamRefused when the address is none that may be called
 */
export type Send = (request: VendorRequest) => Promise<VendorAnswer>;

export type VendorRequest = {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Milliseconds until the answer is there in whole. */
  timeout: number;
  /** The most bytes of the answer, decompressed; 20 million unless given. */
  limit?: number;
};

export type VendorAnswer = { status: number; headers: Headers; text: string };
