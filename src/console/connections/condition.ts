import { useTranslation } from 'react-i18next';
import type { System } from '../api/systems.ts';

export type ConnectionCondition =
  | 'ready'
  | 'attention'
  | 'failed'
  | 'paused'
  | 'new'
  | 'refused'
  | 'closed'
  | 'clearing';

/** How a connection is, in one word: the first that is so says it. */
export function connectionCondition(of: System): ConnectionCondition {
  if (of.clearingSince !== null) return 'clearing';
  if (!of.open) return 'closed';
  if (of.status === 'unauthorized') return 'refused';
  if (of.status === 'new') return 'new';
  if (needy(of) > 0) return 'attention';
  if (of.surveysPaused || of.writeBackPaused) return 'paused';
  return of.backlog.recordsFailed > 0 ? 'failed' : 'ready';
}

/** How many things were found that need somebody. */
export const needy = ({ findings }: Pick<System, 'findings'>): number =>
  findings.filter(({ severity }) => severity === 'attention').length;

/** As the colors of states have it. */
export const toneOfCondition: Record<ConnectionCondition, string> = {
  ready: 'ready',
  attention: 'quarantined',
  failed: 'quarantined',
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
    const condition = connectionCondition(of);
    switch (condition) {
      case 'attention':
        return t('sentence.attention', { count: needy(of) });
      case 'failed':
        return t('sentence.failed', { count: of.backlog.recordsFailed });
      case 'paused':
        if (of.surveysPaused && of.writeBackPaused) return t('sentence.pausedBoth');
        return of.surveysPaused ? t('sentence.pausedAsking') : t('sentence.pausedWriting');
      case 'refused':
        return of.statusDetail?.message ?? t('sentence.refused');
      default:
        return t(`sentence.${condition}`);
    }
  };
}
