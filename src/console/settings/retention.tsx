import { Button, Group, NumberInput, Radio, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { useChangeWorkspace, type WorkspaceSettings } from '../api/workspace.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { retentionDays } from './retention-days.ts';

/** How long what contacts were asked and answered is kept. */
export function Retention({ of }: { of: WorkspaceSettings }) {
  const { t } = useTranslation('settings');
  const mayChange = useMay('admin');
  const change = useChangeWorkspace();
  const [isAsked, { open, close }] = useDisclosure(false);
  const current = of.retention === null ? null : retentionDays(of.retention);
  const [ends, setEnds] = useState(current !== null);
  const [days, setDays] = useState<number>(current ?? 730);
  const requested = ends ? days : null;
  // To keep less than before deletes something.
  const deletes = requested !== null && (current === null || requested < current);
  const save = () =>
    change.mutate(
      { retention: requested === null ? null : `P${requested}D` },
      { onSuccess: () => tell(t('privacy.saved')), onError: tellFailure, onSettled: close },
    );
  return (
    <Stack gap="md">
      <Radio.Group
        aria-label={t('privacy.retention')}
        value={ends ? 'until' : 'forever'}
        onChange={(next) => setEnds(next === 'until')}
      >
        <Stack gap="sm">
          <Radio value="forever" label={t('privacy.forever')} disabled={!mayChange} />
          <Radio value="until" label={t('privacy.until')} disabled={!mayChange} />
        </Stack>
      </Radio.Group>
      {ends && (
        <NumberInput
          w={160}
          label={t('privacy.days')}
          min={1}
          max={36_500}
          allowDecimal={false}
          disabled={!mayChange}
          value={days}
          onChange={(value) => setDays(Number(value) || 1)}
        />
      )}
      {mayChange && requested !== current && (
        <Group>
          <Button loading={change.isPending} onClick={deletes ? open : save}>
            {t('privacy.save')}
          </Button>
        </Group>
      )}
      <AskFirst
        title={t('privacy.asked')}
        says={t('privacy.askedSays', { days: requested })}
        does={t('privacy.delete')}
        isOpen={isAsked}
        close={close}
        isBusy={change.isPending}
        isGrave
        confirm={save}
      />
    </Stack>
  );
}
