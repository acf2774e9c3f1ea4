import type { AccountField } from '../../src/model/account-fields.ts';

/** What our fields are called in this account: as its admins chose, until something that was read says otherwise. */
export type FieldNames = {
  /** Ours, as this account has them. */
  fields: readonly AccountField[];
  /**
   * Our field that goes by this name in Freshdesk. It makes the name out of the label when a field is created, and keeps
   * it for good. A prefix before it is nothing that anybody chooses: Freshdesk puts `custom_` before a name that is
   * taken, and `cf_` before those of tickets.
   */
  fieldOf(name: string): AccountField | undefined;
  /** What the field with this key is called; nothing when the account does without it. */
  of(key: string): string | undefined;
  learn(names: Iterable<string>): void;
};

export function createFieldNames(fields: readonly AccountField[]): FieldNames {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const names = new Map(fields.map(({ key, name }) => [key, name]));
  const fieldOf = (name: string) => byName.get(name.replace(/^(?:cf_|custom_)/u, '')) ?? byName.get(name);
  return {
    fields,
    fieldOf,
    of: (key) => names.get(key),
    learn(seen) {
      for (const name of seen) {
        const field = fieldOf(name);
        if (field) names.set(field.key, name);
      }
    },
  };
}
