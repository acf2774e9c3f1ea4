import { Anchor, Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Report } from '../api/reports.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { ContactLink } from '../parts/links.tsx';
import { Rating, type RatingCategory } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import classes from './home.module.css';

/** What contacts said last. */
export function NewestComments({ of }: { of: Report['comments'] }) {
  const { t } = useTranslation('home');
  const nameOf = useSurveyNames();
  return (
    <Card component="section" aria-labelledby="newest-comments">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h5" id="newest-comments">
          {t('newestComments')}
        </Title>
        <Anchor component={Link} to="/responses?hasComment=true" size="sm">
          {t('allComments')}
        </Anchor>
      </Group>
      {of.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noComments')}
        </Text>
      )}
      <ul className={classes.rows}>
        {of.map(({ id, contact, name, rating, category, scale, comment, survey, answeredAt }) => (
          <li key={id}>
            <Group justify="space-between" gap="xs" mb={6}>
              <Group gap="sm">
                <Rating rating={rating} category={category as RatingCategory} scale={scale} />
                <ContactLink id={contact} name={name} />
              </Group>
              <Text size="xs" c="dimmed">
                {nameOf(survey)} · <Timestamp at={answeredAt} />
              </Text>
            </Group>
            <Anchor component={Link} to={`/responses/${id}`} c="inherit" size="sm" underline="hover">
              <Text span size="sm" lineClamp={3}>
                {comment}
              </Text>
            </Anchor>
          </li>
        ))}
      </ul>
    </Card>
  );
}
