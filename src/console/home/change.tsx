import { Group, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Score, useNumbers } from './numbers.ts';

/** How a score is beside that of the period before. */
export function Change({ metric, now, before }: { metric: Score['metric']; now: number; before: number }) {
  const { t } = useTranslation('home');
  const numbers = useNumbers();
  const places = metric === 'nps' ? 0 : 1;
  const by = Number(now.toFixed(places)) - Number(before.toFixed(places));
  const Arrow = by > 0 ? IconArrowUpRight : by < 0 ? IconArrowDownRight : IconArrowRight;
  return (
    <Group gap={6} mt={8} wrap="nowrap">
      <Arrow size={18} aria-hidden />
      <Text size="sm">
        {by === 0
          ? t('asBefore')
          : t('change', { by: numbers.change(metric, by), before: numbers.score(metric, before) })}
      </Text>
    </Group>
  );
}
