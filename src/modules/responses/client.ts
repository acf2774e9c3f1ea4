/** Who is at the other end, as far as we look: nothing of it says who the contact is. */
export type Client = {
  /** The browser, by our cookie. */
  visitor: string | null;
  /** The same for all that come from one address with one program. */
  network: string | null;
  /** The name of a known program that is no person's browser. */
  scanner: string | null;
};

export const unknownClient: Client = { visitor: null, network: null, scanner: null };
