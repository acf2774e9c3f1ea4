import { Button, CopyButton, Tabs } from '@mantine/core';
import { IconCheck, IconLink } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { ConsolePage } from '../parts/page.tsx';
import { CesCalculator } from './ces.tsx';
import { CsatCalculator } from './csat.tsx';
import { NpsCalculator } from './nps.tsx';
import { SampleSizeCalculator } from './sample-size.tsx';

const calculators = {
  nps: NpsCalculator,
  csat: CsatCalculator,
  ces: CesCalculator,
  sample: SampleSizeCalculator,
} as const satisfies Record<string, ComponentType>;

type Name = keyof typeof calculators;
const names = Object.keys(calculators) as Name[];

/** Usable by whoever has the address; every number stands in it. */
export function CalculatorsPage() {
  const { t } = useTranslation('calculators');
  const [params, setParams] = useSearchParams();
  const { pathname, search } = useLocation();
  const requested = params.get('of');
  const name = names.find((one) => one === requested) ?? 'nps';
  const Calculator = calculators[name];
  return (
    <ConsolePage
      title={t('title')}
      says={t('says')}
      actions={
        <CopyButton value={`${window.location.origin}${pathname}${search}`}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconLink size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      }
    >
      <Tabs
        value={name}
        keepMounted={false}
        onChange={(next) =>
          setParams(
            (before) => {
              const after = new URLSearchParams(before);
              after.set('of', next ?? 'nps');
              return after;
            },
            { replace: true },
          )
        }
      >
        <Tabs.List aria-label={t('tabs.label')} mb="lg">
          {names.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={name}>
          <Calculator />
        </Tabs.Panel>
      </Tabs>
    </ConsolePage>
  );
}
