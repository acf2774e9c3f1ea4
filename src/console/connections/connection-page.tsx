import { Anchor, Card, Group, Stack, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useConnection, useDisconnect } from '../api/connections.ts';
import { isProblem } from '../api/problem.ts';
import { type System, systemTitle } from '../api/systems.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Status } from '../parts/rating.tsx';
import { Empty } from '../parts/states.tsx';
import { connectionCondition, toneOfCondition, useConditionSentence } from './condition.ts';
import classes from './connections.module.css';
import { Ended, EndPart } from './end-part.tsx';
import { FieldsPart } from './fields-part.tsx';
import { FindingsPart } from './findings-part.tsx';
import { HealthPart } from './health-part.tsx';
import { KeysPart } from './keys-part.tsx';
import { NameField } from './name-field.tsx';
import { QuotaField } from './quota-field.tsx';
import { ResyncPart } from './resync-part.tsx';
import { SwitchesPart } from './switches-part.tsx';

const tabs = ['health', 'switches', 'fields', 'keys', 'end'] as const;
type Tab = (typeof tabs)[number];

/** One connected account: how it is, what it does, and how it ends. */
export function ConnectionPage() {
  const { t } = useTranslation('connections');
  const { id = '' } = useParams();
  const found = useConnection(id);
  const end = useDisconnect(id);
  if (end.data?.ended) {
    return (
      <Stack gap="xs">
        <Back />
        <ConsolePage title={t('end.done')}>
          <Ended of={end.data} />
        </ConsolePage>
      </Stack>
    );
  }
  if (isProblem(found.error, 404)) {
    return (
      <ConsolePage title={t('title')}>
        <Empty title={t('end.gone')} action={<Back />} />
      </ConsolePage>
    );
  }
  return (
    <Stack gap="xs">
      <Back />
      <Loaded query={found}>{(system) => <Connection of={system} end={end} />}</Loaded>
    </Stack>
  );
}

function Back() {
  const { t } = useTranslation('connections');
  return (
    <Anchor component={Link} to="/connections" size="sm">
      <Group gap={4} component="span" display="inline-flex">
        <IconArrowLeft size={14} aria-hidden />
        {t('all')}
      </Group>
    </Anchor>
  );
}

type End = ReturnType<typeof useDisconnect>;

function Connection({ of, end }: { of: System; end: End }) {
  const { t } = useTranslation('connections');
  const [params, setParams] = useSearchParams();
  const requested = params.get('tab');
  const tab = tabs.find((one) => one === requested) ?? 'health';
  const sentenceOf = useConditionSentence();
  const condition = connectionCondition(of);
  return (
    <ConsolePage
      title={systemTitle(of)}
      says={
        <>
          {of.account === null ? t('noAccount') : t('account', { account: of.account })}
          <br />
          {sentenceOf(of)}
        </>
      }
      actions={<Status of={toneOfCondition[condition]}>{t(`state.${condition}`)}</Status>}
    >
      <Tabs
        value={tab}
        onChange={(next) => setParams(next === 'health' ? {} : { tab: next ?? '' }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('tabs.label')} mb="lg" className={classes.tabs ?? ''}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Part tab={tab} of={of} end={end} />
        </Tabs.Panel>
      </Tabs>
    </ConsolePage>
  );
}

function Part({ tab, of, end }: { tab: Tab; of: System; end: End }) {
  switch (tab) {
    case 'health':
      return (
        <Stack gap="lg">
          <HealthPart of={of} />
          <FindingsPart of={of} />
          <ResyncPart of={of} />
        </Stack>
      );
    case 'switches':
      return (
        <Stack gap="lg">
          <NameField of={of} />
          <SwitchesPart of={of} />
          <QuotaField of={of} />
        </Stack>
      );
    case 'fields':
      return <FieldsPart of={of} />;
    case 'keys':
      return (
        <Card>
          <KeysPart of={of} />
        </Card>
      );
    case 'end':
      return <EndPart of={of} end={end} />;
  }
}
