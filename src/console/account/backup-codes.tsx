import { Button, CopyButton, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import classes from './backup-codes.module.css';

/** Shown once: to be copied, kept as a file, or printed. */
export function BackupCodes({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const { t } = useTranslation('account');
  const { t: parts } = useTranslation('parts');
  const { user } = useMe();
  const heading = t('factor.codesOf', { email: user?.email ?? '', place: window.location.host });
  const text = `${heading}\n\n${codes.join('\n')}\n`;
  return (
    <Stack>
      <Text size="sm">{t('factor.codesSays')}</Text>
      <div className={classes.sheet}>
        <Text className={classes.heading}>{heading}</Text>
        <SimpleGrid component="ul" cols={2} spacing="xs" verticalSpacing={6} className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </SimpleGrid>
      </div>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? parts('copied') : t('factor.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={t('factor.file')}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('factor.download')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('factor.print')}
        </Button>
      </Group>
      <Button onClick={close} data-autofocus>
        {t('factor.kept')}
      </Button>
    </Stack>
  );
}
