/**
 * What an admin reads who connects an account by hand. It comes from the connector, so that the console need not know
 * any vendor: the names of the vendor's screens are as an admin sees them today.
 */
export type Guide = {
  /** The vendor's own color, as `#rrggbb`: what its emblem is painted in. */
  color: string;
  /** What is read there and where scores stand, in a sentence, by language; where one is missing, English is shown. */
  summary: Readonly<Record<string, string>> & { en: string };
  /** What our step of the vendor's workflows is called there, where the connector has `actions`. */
  workflowStep?: string;
  /** Every setting of the connector's, in an admin's words. */
  fields: Readonly<Record<string, { label: string; help: string }>>;
  /** The keys that make a connection together, the recommended way first. */
  keys: readonly KeysGuide[];
  /** Where the connector has `authorization`. */
  consent?: ConsentGuide;
  /** The setting that says where the vendor answers. In the sandbox it is not the admin's to choose. */
  address: string;
};

/**
 * What is to be done at the vendor's before, one step a sentence or two. `{webhookUrl}` and `{redirectUrl}` in it stand
 * for our addresses.
 */
type Preparation = { steps: readonly string[]; scopes?: readonly GuideScope[] };

export type KeysGuide = Preparation & {
  /** The same for ever, e.g. `token`. */
  name: string;
  title: string;
  needs: readonly string[];
  /** What can be left empty. */
  may: readonly string[];
};

export type ConsentGuide = Preparation & {
  title: string;
  /** The settings of the environment without which consent is not offered. */
  needs: readonly string[];
};

export type GuideScope = { name: string; why: string; required: boolean };
