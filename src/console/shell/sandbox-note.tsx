import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWaysIn } from '../api/sign-in.ts';
import classes from './shell.module.css';

/** In the sandbox: where tickets are resolved and mail arrives, which are pages of their own. */
export function SandboxNote() {
  const { t } = useTranslation('shell');
  const { data } = useWaysIn();
  if (!data?.sandbox) return null;
  return (
    <div className={classes.sandbox}>
      <Text size="xs" c="dimmed">
        {t('sandboxSays')}
      </Text>
      <Anchor href="/sandbox/" size="sm">
        {t('sandbox')}
      </Anchor>
      <Anchor href="/sandbox/inbox/" size="sm">
        {t('inbox')}
      </Anchor>
    </div>
  );
}
