import type { EndingMessage } from '../../domain/check-line.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { Fate } from './disconnect.ts';

/** What ending a connection means for whoever works with it. */
export function explain(row: ConnectionRow, fate: Fate, system = row.connector, records = 0): readonly EndingMessage[] {
  return [
    fate === 'clear'
      ? { code: 'ending.fields_cleared', params: { system, count: records } }
      : { code: 'ending.fields', params: { kind: fate, system } },
    { code: 'ending.answers_stay', params: {} },
    row.origin === 'environment'
      ? { code: 'ending.keys', params: { kind: 'environment' } }
      : { code: 'ending.keys', params: { kind: 'forgotten', system } },
  ];
}
