import { Anchor, Card, Group, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type AttentionItem, useAttention } from '../api/attention.ts';
import { FailureNote } from '../parts/states.tsx';
import classes from './home.module.css';

/** What stops something until somebody does it, the most urgent first; nothing while nothing does. */
export function NeedsAttention() {
  const { t } = useTranslation('home');
  const { data, error, refetch } = useAttention();
  if (error) return <FailureNote failure={error} again={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Card component="section" aria-labelledby="needs-attention">
      <Group gap="sm" mb="md">
        <ThemeIcon variant="light" color="orange" radius="xl" size={30}>
          <IconAlertTriangle size={16} aria-hidden />
        </ThemeIcon>
        <Title order={2} size="h5" id="needs-attention">
          {t('needsAttention')}
        </Title>
      </Group>
      <ul className={classes.rows}>
        {data.items.map((item) => (
          <li key={`${item.code} ${item.where.id} ${item.message}`}>
            <Group justify="space-between" wrap="nowrap" gap="md" align="baseline">
              <Text size="sm">{item.message}</Text>
              <Anchor component={Link} to={placeOf(item.where)} size="sm" fw={550} style={{ whiteSpace: 'nowrap' }}>
                {t(`where.${item.where.kind}`)}
              </Anchor>
            </Group>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function placeOf({ kind, id }: AttentionItem['where']): string {
  switch (kind) {
    case 'connection':
      return id === null ? '/connections' : `/connections/${id}`;
    case 'survey':
      return id === null ? '/surveys' : `/surveys/${id}`;
    case 'delivery':
      return '/deliveries?waiting=true';
    case 'brand':
      return id === null ? '/surveys/brands' : `/surveys/brands/${id}`;
    case 'contacts':
      return '/contacts';
    case 'settings':
      return '/settings';
  }
}
