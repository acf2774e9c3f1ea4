import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ContactDetails } from '../api/items.ts';
import { Rating } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';

const arrows = { up: IconArrowUpRight, same: IconArrowRight, down: IconArrowDownRight, first: undefined };

/** Per metric what they last said, and how that is beside what they said before. */
export function ContactScores({ of: { metrics: figures } }: { of: ContactDetails }) {
  const { t } = useTranslation('contacts');
  const { t: metrics } = useTranslation('metrics');
  if (figures.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('neverAnswered')}
      </Text>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
      {figures.map(({ metric, count, previous, trend, ratings: [latest] }) => {
        const Arrow = arrows[trend];
        return (
          latest && (
            <Card key={metric}>
              <Stack gap={8}>
                <Group justify="space-between" wrap="nowrap">
                  <Title order={2} size="h5">
                    {metrics(metric)}
                  </Title>
                  <Text size="sm" c="dimmed">
                    <Timestamp at={latest.at} />
                  </Text>
                </Group>
                <Rating rating={latest.rating} category={latest.category} scale={latest.scale} />
                <Group gap={6} wrap="nowrap" c="dimmed">
                  {Arrow && <Arrow size={16} aria-hidden />}
                  <Text size="sm">
                    {trend === 'first' ? t('trend.first') : t(`trend.${trend}`, { previous })}
                    {' · '}
                    {t('answers', { count })}
                  </Text>
                </Group>
              </Stack>
            </Card>
          )
        );
      })}
    </SimpleGrid>
  );
}
