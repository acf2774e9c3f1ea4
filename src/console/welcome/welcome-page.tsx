import { Accordion, Badge, Button, Group, Progress, Text, ThemeIcon } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ConsolePage } from '../parts/page.tsx';
import { FailureNote, Loading } from '../parts/states.tsx';
import { CheckStep } from './check-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import { DryRunStep } from './dry-run-step.tsx';
import { EmailStep } from './email-step.tsx';
import { PublishStep } from './publish-step.tsx';
import { type StepName, stepNames } from './steps.ts';
import { SurveyStep } from './survey-step.tsx';
import { type Setup, useSetup } from './use-setup.ts';
import classes from './welcome.module.css';
import { WorkspaceStep } from './workspace-step.tsx';

/** From the first start to the first live survey: one list of steps, of which the server knows what is done. */
export function WelcomePage() {
  const { t } = useTranslation('welcome');
  const { setup, failure } = useSetup();
  if (failure) {
    return (
      <ConsolePage title={t('title')}>
        <FailureNote failure={failure} />
      </ConsolePage>
    );
  }
  return (
    <div className={classes.page}>
      <ConsolePage
        title={t('title')}
        says={setup?.next === null ? t('sayDone') : t('says')}
        actions={
          <Button component={Link} to="/" variant="default">
            {t('home')}
          </Button>
        }
      >
        {setup ? <Steps of={setup} /> : <Loading />}
      </ConsolePage>
    </div>
  );
}

function Steps({ of }: { of: Setup }) {
  const { t } = useTranslation('welcome');
  const [params, setParams] = useSearchParams();
  const requested = params.get('step');
  // What was next when they came stays open, also once it is done: until another one is wished for, or none.
  const [first] = useState(of.next);
  const open = requested ?? first;
  const progress = t('progress', { done: of.count, all: stepNames.length });
  return (
    <>
      <Group gap="sm" wrap="nowrap">
        <Progress flex={1} value={(100 * of.count) / stepNames.length} aria-label={progress} />
        <Text size="sm" fw={600} className="figure">
          {progress}
        </Text>
      </Group>
      <Accordion
        variant="separated"
        radius="lg"
        order={2}
        value={open}
        onChange={(step) => setParams({ step: step ?? 'none' }, { replace: true })}
        classNames={{ item: classes.item ?? '' }}
      >
        {stepNames.map((name, position) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control
              icon={<Position number={position + 1} isDone={of.done[name]} isNext={of.next === name} />}
            >
              <Group justify="space-between" gap="xs">
                <Text fw={600}>{t(`steps.${name}`)}</Text>
                {of.done[name] && (
                  <Badge variant="light" color="teal" radius="sm" tt="none" me="sm">
                    {t('done')}
                  </Badge>
                )}
              </Group>
            </Accordion.Control>
            <Accordion.Panel>{open === name && <Step name={name} of={of} />}</Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  );
}

function Position({ number, isDone, isNext }: { number: number; isDone: boolean; isNext: boolean }) {
  if (isDone) {
    return (
      <ThemeIcon radius="xl" size={30} color="teal.8" variant="filled">
        <IconCheck size={18} aria-hidden />
      </ThemeIcon>
    );
  }
  return (
    <ThemeIcon radius="xl" size={30} variant={isNext ? 'filled' : 'default'} className="figure">
      <Text span size="sm" fw={600}>
        {number}
      </Text>
    </ThemeIcon>
  );
}

function Step({ name, of }: { name: StepName; of: Setup }) {
  const { systems, workspace, email, surveys } = of.facts;
  switch (name) {
    case 'connect':
      return <ConnectStep systems={systems} />;
    case 'check':
      return <CheckStep systems={systems} />;
    case 'workspace':
      return <WorkspaceStep of={workspace} />;
    case 'email':
      return <EmailStep of={email} />;
    case 'survey':
      return <SurveyStep surveys={surveys} isDone={of.done.survey} />;
    case 'dryRun':
      return <DryRunStep surveys={surveys} />;
    case 'publish':
      return <PublishStep surveys={surveys} />;
  }
}
