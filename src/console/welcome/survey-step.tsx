import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type SetUpSurvey, surveyInHand } from './steps.ts';
import classes from './welcome.module.css';

const templates = ['nps-after-ticket', 'csat-after-ticket', 'ces-after-ticket'] as const;

/** What one begins with; the editor shows mail and page. */
export function SurveyStep({ surveys, isDone }: { surveys: readonly SetUpSurvey[]; isDone: boolean }) {
  const { t } = useTranslation('welcome');
  const inHand = isDone ? surveyInHand(surveys) : undefined;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('survey.says')}</Text>
      {inHand && (
        <Group>
          <Button component={Link} to={`/surveys/${inHand.key}`}>
            {t('survey.goOn', { name: inHand.name ?? inHand.key })}
          </Button>
        </Group>
      )}
      <div>
        {templates.map((key) => (
          <div key={key} className={classes.line}>
            <div className={classes.grow}>
              <Text fw={600}>{t(`survey.templates.${key}.name`)}</Text>
              <Text size="sm" c="dimmed">
                {t(`survey.templates.${key}.says`)}
              </Text>
            </div>
            <Button
              component={Link}
              to={`/surveys/new?template=${key}`}
              variant="light"
              aria-label={`${t('survey.pick')}: ${t(`survey.templates.${key}.name`)}`}
            >
              {t('survey.pick')}
            </Button>
          </div>
        ))}
      </div>
      <Anchor component={Link} to="/surveys/new" size="sm">
        {t('survey.all')}
      </Anchor>
    </Stack>
  );
}
