import { Accordion, Card, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import { type Version, versionsQuery } from '../api/surveys.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Status } from '../parts/rating.tsx';
import { Section } from '../parts/section.tsx';
import { Empty } from '../parts/states.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import { DifferenceList } from '../publish/difference-list.tsx';
import type { InFrame } from './survey-frame.tsx';

/** Every version that was published, with what it changed. */
export function VersionsPage() {
  const { t } = useTranslation('surveys');
  const { item } = useOutletContext<InFrame>();
  const found = useQuery(versionsQuery(item.key));
  return (
    <Section title={t('versions.title')} says={t('versions.says')}>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? <Empty icon={IconHistory} title={t('versions.none')} /> : <List versions={items} />
        }
      </Loaded>
    </Section>
  );
}

function List({ versions }: { versions: readonly Version[] }) {
  const { t } = useTranslation('surveys');
  const { item } = useOutletContext<InFrame>();
  const [params, setParams] = useSearchParams();
  return (
    <Card padding={0}>
      <Accordion
        value={params.get('version')}
        onChange={(version) => setParams(version === null ? {} : { version }, { replace: true })}
        order={3}
      >
        {versions.map(({ version, publishedAt, content }, at) => (
          <Accordion.Item key={version} value={String(version)}>
            <Accordion.Control>
              <Group gap="sm">
                <Text fw={600}>{t('versions.one', { version })}</Text>
                <Text size="sm" c="dimmed">
                  <Timestamp at={publishedAt} />
                </Text>
                {version === item.version && item.status === 'live' && <Status of="live">{t('versions.live')}</Status>}
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              {params.get('version') === String(version) && (
                <DifferenceList before={versions[at + 1]?.content} after={content} />
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  );
}
