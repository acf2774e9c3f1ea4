import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type SetUpSurvey, surveyInHand } from './steps.ts';

export function DryRunStep({ surveys }: { surveys: readonly SetUpSurvey[] }) {
  const { t } = useTranslation('welcome');
  const inHand = surveyInHand(surveys);
  return (
    <Stack gap="sm">
      <Text size="sm">{t('dryRun.says')}</Text>
      {inHand ? (
        <Group>
          <Button component={Link} to={`/surveys/${inHand.key}/dry-run`}>
            {t('dryRun.go', { name: inHand.name ?? inHand.key })}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t('dryRun.none')}</Text>
      )}
    </Stack>
  );
}
