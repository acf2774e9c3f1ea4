import { Alert, Button, Card, Group, List, Radio, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisconnectAnswer, FieldsChoice, useDisconnect } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import { failureSentence } from '../api/problem.ts';
import { type System, systemTitle } from '../api/systems.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Section } from '../parts/section.tsx';
import { Empty } from '../parts/states.tsx';
import { Findings } from './findings.tsx';

/** What becomes of the fields is chosen; what that means is said before, and what was done after. */
export function EndPart({ of, end }: { of: System; end: ReturnType<typeof useDisconnect> }) {
  const { t } = useTranslation('connections');
  const { t: parts } = useTranslation('parts');
  const mayEnd = useMay('connections:write');
  const [fate, setFate] = useState<FieldsChoice>('keep');
  const [isAsked, { open, close }] = useDisclosure(false);
  if (!mayEnd) return <Empty title={parts('mayNot')} says={parts('mayNotSays')} />;
  if (of.clearingSince !== null) return <Clearing of={of} />;
  const { title } = of;
  const offered: readonly FieldsChoice[] = of.canRemoveFields ? ['keep', 'clear', 'remove'] : ['keep', 'clear'];
  return (
    <Card maw={760}>
      <Section title={t('end.title')} says={t('end.says')}>
        <Radio.Group
          label={t('end.fields', { title })}
          value={fate}
          onChange={(next) => setFate(next as FieldsChoice)}
          {...(of.canRemoveFields ? {} : { description: t('end.cannotRemove', { title }) })}
        >
          <Stack gap="sm" mt="sm">
            {offered.map((one) => (
              <Radio key={one} value={one} label={t(`end.${one}`)} description={t(`end.${one}Says`)} />
            ))}
          </Stack>
        </Radio.Group>
        {end.isError && (
          <Alert color="red" variant="light" role="alert">
            {failureSentence(end.error)}
          </Alert>
        )}
        <Group>
          <Button color="red" variant="light" onClick={open}>
            {t('end.act')}
          </Button>
        </Group>
      </Section>
      <AskFirst
        title={t('end.asked', { title: systemTitle(of) })}
        says={t(`end.${fate}Says`)}
        does={t('end.act')}
        isOpen={isAsked}
        close={close}
        isBusy={end.isPending}
        isGrave
        confirm={() => end.mutate(fate, { onSettled: close })}
      />
    </Card>
  );
}

function Clearing({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  return (
    <Alert variant="light" color="iris" title={t('end.clearing')} role="status">
      {t('sentence.clearing')} {t('end.clearingProgress', { count: of.backlog.recordsPending })}
    </Alert>
  );
}

/** What was done, and what is left to do; the connection itself is gone. */
export function Ended({ of: { findings, explanation } }: { of: DisconnectAnswer }) {
  const { t } = useTranslation('connections');
  return (
    <Card maw={760}>
      <Section title={t('end.left')}>
        <List size="sm" spacing="xs">
          {explanation.map(({ code, message }) => (
            <List.Item key={code}>{message}</List.Item>
          ))}
        </List>
        {findings.length > 0 && <Findings of={findings} />}
      </Section>
    </Card>
  );
}
