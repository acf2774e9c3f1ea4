import { ActionIcon, Group, NativeSelect, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDeviceDesktop, IconDeviceMobile, IconMoon, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEmail, type Previewed, previewed, usePreview } from '../api/previews.ts';
import { type PublishedContent, wordingQuery } from '../api/surveys.ts';
import { FailureNote } from '../parts/states.tsx';
import { useChosenLanguage } from './languages.ts';
import { PreviewFrame } from './preview-frame.tsx';

/** Mail and page as somebody would see them, while one writes. */
export function Preview({ content }: { content: PublishedContent }) {
  const { t } = useTranslation('editor');
  const [what, branding] = useState<Previewed>('invitation');
  const [width, setWidth] = useState<'phone' | 'desktop'>(() =>
    matchMedia('(max-width: 48em)').matches ? 'phone' : 'desktop',
  );
  const [isDark, setDark] = useState(false);
  const [language, choose] = useChosenLanguage(content.texts.languages);
  const { data: wording } = useQuery(wordingQuery(content.metric));
  const [written] = useDebouncedValue(content, 300);
  const { data: read, isError, error } = usePreview(written, what, language);
  // While a sentence is half written it may be refused: what was there last stays to be looked at.
  const [last, setLast] = useState(read);
  if (read && read !== last) setLast(read);
  const data = read ?? last;
  const nameOf = (tag: string) => wording?.items.find((one) => one.tag === tag)?.name ?? tag;
  return (
    <Stack gap="sm" component="section" aria-label={t('preview.title')}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <NativeSelect
            aria-label={t('preview.what')}
            size="xs"
            value={what}
            onChange={({ currentTarget }) => branding(currentTarget.value as Previewed)}
            data={[
              {
                group: t('preview.email'),
                items: previewed.email.map((value) => ({ value, label: t(`preview.${value}`) })),
              },
              {
                group: t('preview.page'),
                items: previewed.page.map((value) => ({ value, label: t(`preview.${value}`) })),
              },
            ]}
          />
          {content.texts.languages.length > 1 && (
            <NativeSelect
              aria-label={t('preview.language')}
              size="xs"
              value={language}
              onChange={({ currentTarget }) => choose(currentTarget.value)}
              data={content.texts.languages.map((tag) => ({ value: tag, label: nameOf(tag) }))}
            />
          )}
        </Group>
        <Group gap={6} wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t('preview.width')}
            value={width}
            onChange={(chosen) => setWidth(chosen as typeof width)}
            data={(['desktop', 'phone'] as const).map((value) => ({
              value,
              label: (
                <Group component="span" title={t(`preview.${value}`)} aria-label={t(`preview.${value}`)} role="img">
                  {value === 'phone' ? <IconDeviceMobile size={16} /> : <IconDeviceDesktop size={16} />}
                </Group>
              ),
            }))}
          />
          <Tooltip label={t(isDark ? 'preview.light' : 'preview.dark')}>
            <ActionIcon
              variant="default"
              size={30}
              aria-label={t('preview.dark')}
              aria-pressed={isDark}
              onClick={() => setDark(!isDark)}
            >
              {isDark ? <IconMoon size={16} aria-hidden /> : <IconSun size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {isEmail(what) && data?.subject !== undefined && (
        <Text size="sm" lh={1.4}>
          <Text span size="sm" fw={600} lang={language}>
            {data.subject}
          </Text>
          <br />
          <Text span size="sm" c="dimmed">
            {data.sender ? t('preview.from', { sender: senderOf(data.sender) }) : t('preview.noSender')}
          </Text>
        </Text>
      )}
      {data && <PreviewFrame html={data.html} width={width} isDark={isDark} title={t('preview.frame')} />}
      {isError && (data ? <Text size="sm">{t('preview.incomplete')}</Text> : <FailureNote failure={error} />)}
      {!isError && data !== undefined && data.missing.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('preview.missing', { count: data.missing.length, language: nameOf(language) })}
        </Text>
      )}
    </Stack>
  );
}

function senderOf({ address, name }: { address: string; name?: string }): string {
  return name === undefined ? address : `${name} <${address}>`;
}
