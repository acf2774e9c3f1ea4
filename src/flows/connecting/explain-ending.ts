import type { ConnectionRow } from '../../store/connections.ts';
import type { Fate } from './disconnect.ts';

/** What ending a connection means for whoever works with it, as sentences. */
export function explain(row: ConnectionRow, fate: Fate, title = row.connector, records = 0): string[] {
  return [
    ofFields(fate, title, records),
    'What people answered stays here, and marks and notes on tickets stay where they are.',
    row.origin === 'environment'
      ? `The keys of this account are set in the environment of the service: take them away there, or it is connected again at the next start.`
      : `The keys were forgotten here. Revoke them in ${title}, unless something else uses them.`,
  ];
}

function ofFields(fate: Fate, title: string, records: number): string {
  switch (fate) {
    case 'keep':
      return `The fields in ${title} stay, with what stands in them: workflows, triggers and lists go on with the last values, and nothing is written any more.`;
    case 'clear': {
      const many = records === 1 ? '1 record' : `${records} records`;
      return `Our values are being taken out of ${many} in ${title}. The fields themselves stay; the connection ends by itself after the last record, and asks nobody until then.`;
    }
    case 'remove':
      return `The fields in ${title} are gone, with all their values: workflows, triggers and lists that use them have to be changed.`;
  }
}
