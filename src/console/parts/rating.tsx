import { Badge, Box, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './rating.module.css';

export type RatingCategory =
  | 'promoter'
  | 'passive'
  | 'detractor'
  | 'positive'
  | 'neutral'
  | 'negative'
  | 'easy'
  | 'hard';

const tones: Record<RatingCategory, 'good' | 'fair' | 'bad'> = {
  promoter: 'good',
  positive: 'good',
  easy: 'good',
  passive: 'fair',
  neutral: 'fair',
  detractor: 'bad',
  negative: 'bad',
  hard: 'bad',
};

export const ratingTone = (category: RatingCategory) => tones[category];

/** One contact's number, in the color of its category; the category is said too, for whoever sees no colors. */
export function Rating({ rating, category, scale }: { rating: number; category: RatingCategory; scale?: number }) {
  const { t } = useTranslation('metrics');
  const said = scale === undefined ? String(rating) : t('of', { rating, scale });
  return (
    <Group gap="xs" wrap="nowrap" title={`${said}, ${t(`category.${category}`)}`}>
      <Box className={classes.rating} data-tone={ratingTone(category)}>
        {rating}
      </Box>
      <span className={classes.category}>{t(`category.${category}`)}</span>
    </Group>
  );
}

const statusColors: Record<string, string> = {
  confirmed: 'teal',
  answered: 'teal',
  asked: 'teal',
  ready: 'teal',
  live: 'teal',
  pending: 'blue',
  scheduled: 'blue',
  sent: 'iris',
  waiting: 'blue',
  unconfirmed: 'yellow',
  quarantined: 'orange',
  bounced: 'red',
  refused: 'red',
};

/** A state in one word. */
export function Status({ of, children }: { of: string; children: React.ReactNode }) {
  return (
    <Badge variant="light" color={statusColors[of] ?? 'gray'} radius="sm" tt="none" fw={600}>
      {children}
    </Badge>
  );
}
