import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../api/me.ts';
import { type SetUpSurvey, surveyInHand } from './steps.ts';

export function PublishStep({ surveys }: { surveys: readonly SetUpSurvey[] }) {
  const { t } = useTranslation('welcome');
  const inHand = surveyInHand(surveys);
  if (!inHand) return <Text size="sm">{t('publish.none')}</Text>;
  const name = inHand.name ?? inHand.key;
  if (inHand.status === 'live') return <Live name={name} />;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('publish.says')}</Text>
      <Group>
        <Button component={Link} to={`/surveys/${inHand.key}/publish`}>
          {t('publish.go', { name })}
        </Button>
      </Group>
    </Stack>
  );
}

/** In the sandbox it can be tried at once. */
function Live({ name }: { name: string }) {
  const { t } = useTranslation('welcome');
  const { t: settings } = useTranslation('settings');
  const { sandbox } = useMe();
  return (
    <Stack gap="sm">
      <Alert color="teal" variant="light">
        {t('publish.live', { name })}
      </Alert>
      {sandbox && (
        <>
          <Text size="sm">{t('publish.sandbox')}</Text>
          <Group gap="xs">
            <Button component="a" href="/sandbox/" target="_blank">
              {t('publish.sandboxContacts')}
            </Button>
            <Button component="a" href="/sandbox/inbox/" target="_blank" variant="default">
              {settings('email.inbox')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
