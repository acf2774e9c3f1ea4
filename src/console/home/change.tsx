import { Group, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Score, type ScoreEstimate, useNumbers } from './numbers.ts';

/** How a score is beside that of the period before, and whether that is more than chance. */
export function Change({ now, before }: { now: Score; before: Score }) {
  const { t } = useTranslation('home');
  const numbers = useNumbers();
  const { metric } = now;
  const places = metric === 'nps' ? 0 : 1;
  const by = Number(now.score.value.toFixed(places)) - Number(before.score.value.toFixed(places));
  const Arrow = by > 0 ? IconArrowUpRight : by < 0 ? IconArrowDownRight : IconArrowRight;
  const was = { before: numbers.score(metric, before.score.value), count: before.answers };
  return (
    <Group gap={6} mt={8} wrap="nowrap" align="flex-start">
      <Arrow size={18} aria-hidden style={{ flexShrink: 0 }} />
      <Text size="sm">
        {by === 0 ? t('asBefore') : t('change', { by: numbers.change(metric, by), ...was })}
        {by !== 0 && mayBeChance(now.score, before.score) && (
          <Text span inherit c="dimmed">
            {' '}
            {t('mayBeChance')}
          </Text>
        )}
      </Text>
    </Group>
  );
}

/** Whether the difference of two scores is within what it could be with nothing having changed, in 95 of 100 cases. */
function mayBeChance(now: ScoreEstimate, before: ScoreEstimate): boolean {
  if (!now.interval || !before.interval) return true;
  const by = now.value - before.value;
  // The halves of the intervals that look at each other.
  const half = by > 0 ? now.value - now.interval.low : now.interval.high - now.value;
  const other = by > 0 ? before.interval.high - before.value : before.value - before.interval.low;
  return Math.abs(by) < Math.hypot(half, other);
}
