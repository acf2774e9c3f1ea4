import { useTranslation } from 'react-i18next';
import type { System } from '../api/systems.ts';

export type Condition = 'ready' | 'attention' | 'parked' | 'paused' | 'new' | 'refused' | 'closed' | 'clearing';

/** How a connection is, in one word: the first that is so says it. */
export function conditionOf(of: System): Condition {
  if (of.clearingSince !== null) return 'clearing';
  if (!of.open) return 'closed';
  if (of.status === 'refused') return 'refused';
  if (of.status === 'new') return 'new';
  if (needy(of) > 0) return 'attention';
  if (of.askingPaused || of.writingPaused) return 'paused';
  return of.backlog.recordsParked > 0 ? 'parked' : 'ready';
}

/** How many things were found that need somebody. */
export const needy = ({ findings }: Pick<System, 'findings'>): number =>
  findings.filter(({ severity }) => severity === 'attention').length;

/** As the colours of states have it. */
export const toneOfCondition: Record<Condition, string> = {
  ready: 'ready',
  attention: 'quarantined',
  parked: 'quarantined',
  paused: 'quarantined',
  new: 'waiting',
  refused: 'refused',
  closed: 'refused',
  clearing: 'waiting',
};

/** The same as a sentence. */
export function useConditionSentence(): (of: System) => string {
  const { t } = useTranslation('connections');
  return (of) => {
    const condition = conditionOf(of);
    switch (condition) {
      case 'attention':
        return t('sentence.attention', { count: needy(of) });
      case 'parked':
        return t('sentence.parked', { count: of.backlog.recordsParked });
      case 'paused':
        if (of.askingPaused && of.writingPaused) return t('sentence.pausedBoth');
        return of.askingPaused ? t('sentence.pausedAsking') : t('sentence.pausedWriting');
      case 'refused':
        return of.statusDetail?.message ?? t('sentence.refused');
      default:
        return t(`sentence.${condition}`);
    }
  };
}
