import type { Associations } from './associations.ts';
import type { CrmRecord, ObjectName, Records } from './records.ts';

export type Merge = {
  loserId: string;
  winnerId: string;
  /** Whether a record with a new id takes the place of both, as HubSpot sometimes has it. */
  newId: boolean;
};

/** Two records become one: the winner's values, and the loser's where the winner had none. */
export function mergeRecords(
  { records, associations }: { records: Records; associations: Associations },
  object: ObjectName,
  { loserId, winnerId, newId }: Merge,
): void {
  const [loser, winner] = [loserId, winnerId].map((id) => {
    const record = records.findByOwnId(object, id);
    if (!record) throw new Error(`There is nothing with the id ${id} among the ${object}.`);
    return record;
  }) as [CrmRecord, CrmRecord];
  const given = [...winner.properties].filter(([, value]) => value !== '');
  const gone = [loserId, ...listed(loser, merged), ...listed(winner, merged), ...(newId ? [winnerId] : [])];
  const values = new Map([...loser.properties, ...given, [merged, gone.join(';')]]);
  if (object === 'contacts') values.set('hs_additional_emails', furtherEmails(loser, winner).join(';'));
  const { id } = records.merge(object, { loserId, winnerId, values, newId });
  for (const old of [loserId, winnerId]) if (old !== id) associations.move(object, old, id);
}

const merged = 'hs_merged_object_ids';

/** Every address finds the one contact that is left. */
function furtherEmails(loser: CrmRecord, winner: CrmRecord): readonly string[] {
  const primary = winner.properties.get('email') || loser.properties.get('email');
  const all = [winner, loser].flatMap((contact) => [
    ...listed(contact, 'email'),
    ...listed(contact, 'hs_additional_emails'),
  ]);
  return [...new Set(all)].filter((address) => address !== primary);
}

function listed({ properties }: CrmRecord, name: string): readonly string[] {
  return (properties.get(name) ?? '').split(';').filter((part) => part !== '');
}
