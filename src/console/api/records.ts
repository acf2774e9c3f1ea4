import type { ContactItem } from './items.ts';

type RecordState = Pick<ContactItem['records'][number], 'state' | 'outcome' | 'upToDate'>;

/** In one word, how what stands on a record is. */
export function standing({ state, outcome, upToDate }: RecordState) {
  if (state === 'absent' || state === 'gone' || state === 'ambiguous' || state === 'searching') return state;
  if (upToDate) return 'upToDate' as const;
  return outcome === null || outcome.code === 'written' ? ('outOfSync' as const) : ('notWritten' as const);
}

/** What is to be written soon is: until then it is looked at again this often, in milliseconds. */
export function refreshAgain(of: { records: readonly RecordState[] } | undefined): number | false {
  return of?.records.some((record) => ['outOfSync', 'searching'].includes(standing(record))) ? 3000 : false;
}
