import { recordFields } from '../../src/domain/record-fields.ts';

const keys = new Set(recordFields.map(({ key }) => key));

/**
 * Which of our fields goes by this name in Freshdesk. It makes the name out of the label when a field is created, and
 * keeps it for good. A prefix before it is nothing that we choose: Freshdesk puts `custom_` before a name that is taken,
 * and `cf_` before those of tickets.
 */
export function ourKeyOf(name: string): string | undefined {
  const key = name.replace(/^(?:cf_|custom_)/u, '');
  return keys.has(key) ? key : undefined;
}

/** What our fields are called in this account: by their keys, until something that was read says otherwise. */
export type FieldNames = {
  of(key: string): string;
  learn(names: Iterable<string>): void;
};

export function createFieldNames(): FieldNames {
  const names = new Map<string, string>();
  return {
    of: (key) => names.get(key) ?? key,
    learn(seen) {
      for (const name of seen) {
        const key = ourKeyOf(name);
        if (key !== undefined) names.set(key, name);
      }
    },
  };
}
