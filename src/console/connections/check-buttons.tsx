import { Button, Group } from '@mantine/core';
import { IconRefresh, IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCheck, useRepair } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import type { System } from '../api/systems.ts';
import { tell, tellFailure } from '../parts/tell.ts';
import { needy } from './condition.ts';

/** Looks at the account now; mends what is ours where something is to be mended. */
export function CheckButtons({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayCheck = useMay('connections:write');
  const check = useCheck(of.id);
  const repair = useRepair(of.id);
  if (!mayCheck || !of.open) return null;
  const canRepair = of.findings.some(({ repairable }) => repairable);
  return (
    <Group gap="xs">
      {canRepair && (
        <Button
          leftSection={<IconTool size={16} aria-hidden />}
          loading={repair.isPending}
          disabled={check.isPending}
          onClick={() =>
            repair.mutate(undefined, {
              onSuccess: ({ mended }) =>
                tell(
                  mended.length === 0
                    ? t('findings.nothingMended')
                    : t('findings.mended', {
                        count: mended.length,
                        subjects: mended.map(({ title }) => title).join(', '),
                      }),
                ),
              onError: tellFailure,
            })
          }
        >
          {t('findings.repair')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        loading={check.isPending}
        disabled={repair.isPending}
        onClick={() =>
          check.mutate(undefined, {
            onSuccess: ({ findings }) => {
              const count = needy({ findings: [...findings] });
              tell(count === 0 ? t('findings.checked') : t('findings.checkedFound', { count }));
            },
            onError: tellFailure,
          })
        }
      >
        {t('findings.check')}
      </Button>
    </Group>
  );
}
