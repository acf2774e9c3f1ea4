import { Alert, Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { type ConsentWay, type OfferedConnector, useBeginConsent, useConnect } from '../api/connections.ts';
import { tell, tellFailure } from '../parts/tell.ts';
import { KeysWays } from './keys-ways.tsx';
import { Preparation } from './preparation.tsx';

/** By consent where the service is set up for it, else by keys; both where there are both. */
export function ConnectWays({ of }: { of: OfferedConnector }) {
  const { t } = useTranslation('connections');
  const [params, setParams] = useSearchParams();
  const usual = of.consent?.offered ? 'consent' : 'keys';
  const way = of.consent ? (params.get('way') ?? usual) : 'keys';
  return (
    <Stack gap="lg">
      {of.consent && (
        <Group>
          <SegmentedControl
            aria-label={t('new.way')}
            value={way}
            onChange={(next) =>
              setParams(
                (before) => {
                  const after = new URLSearchParams(before);
                  after.set('way', next);
                  return after;
                },
                { replace: true },
              )
            }
            data={(['keys', 'consent'] as const).map((value) => ({ value, label: t(`new.ways.${value}`) }))}
          />
        </Group>
      )}
      {of.consent && way === 'consent' ? <ByConsent of={of} way={of.consent} /> : <ByKeys of={of} />}
    </Stack>
  );
}

function ByConsent({ of: { name, title }, way }: { of: OfferedConnector; way: ConsentWay }) {
  const { t } = useTranslation('connections');
  const begin = useBeginConsent();
  return (
    <>
      {!way.offered && (
        <Alert color="orange" variant="light" title={t('new.notOffered')}>
          {way.missing}
        </Alert>
      )}
      <Preparation of={way} isOpen={!way.offered} />
      {way.offered && (
        <Group>
          <Button
            rightSection={<IconExternalLink size={16} aria-hidden />}
            loading={begin.isPending}
            onClick={() => begin.mutate(name, { onError: tellFailure })}
          >
            {t('new.consent', { title })}
          </Button>
        </Group>
      )}
    </>
  );
}

function ByKeys({ of }: { of: OfferedConnector }) {
  const { t } = useTranslation('connections');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const connect = useConnect();
  return (
    <KeysWays
      of={of}
      act={t('new.connect')}
      isBusy={connect.isPending}
      failure={connect.error}
      send={(settings) =>
        connect.mutate(
          { connector: of.name, settings },
          {
            onSuccess: ({ id }) => {
              tell(t('new.done', { title: of.title }));
              // Whoever is being led through the set-up goes on there.
              navigate(params.get('from') === 'welcome' ? '/welcome' : `/connections/${id}`);
            },
          },
        )
      }
    />
  );
}
