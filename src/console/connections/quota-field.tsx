import { Button, Card, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeConnection } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import { failureSentence, problemsByField } from '../api/problem.ts';
import type { System } from '../api/systems.ts';
import { tell } from '../parts/tell.ts';

/** How much of the vendor's rate limit the connection uses; the rest is left to the account's other integrations. */
export function QuotaField({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayChange = useMay('connections:write');
  const change = useChangeConnection(of.id);
  const [share, setShare] = useState<string | number>(of.quotaShare);
  const isNew = share !== of.quotaShare;
  return (
    <Card
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ quotaShare: Number(share) }, { onSuccess: () => tell(t('quota.saved')) });
      }}
    >
      <Group align="flex-end" gap="xs">
        <NumberInput
          label={t('quota.label')}
          description={t('quota.says', { system: of.title })}
          maw={420}
          flex="1 1 240px"
          min={5}
          max={100}
          step={5}
          allowDecimal={false}
          suffix=" %"
          disabled={!mayChange}
          value={share}
          error={change.isError && (problemsByField(change.error).quotaShare ?? failureSentence(change.error))}
          onChange={setShare}
        />
        {isNew && (
          <Button type="submit" variant="light" loading={change.isPending} disabled={share === ''}>
            {t('quota.save')}
          </Button>
        )}
      </Group>
    </Card>
  );
}
