import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChangeConnection } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import type { System } from '../api/systems.ts';
import { tell, tellFailure } from '../parts/tell.ts';

const profiles = ['full', 'core'] as const;

/** Which of our fields the account gets: all of them, or those that the main job needs. */
export function FieldProfilePart({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayChange = useMay('connections:write');
  const change = useChangeConnection(of.id);
  const choose = (chosen: string) => {
    const fieldProfile = profiles.find((one) => one === chosen);
    if (fieldProfile) {
      change.mutate({ fieldProfile }, { onSuccess: () => tell(t('fields.profile.saved')), onError: tellFailure });
    }
  };
  return (
    <Radio.Group
      label={t('fields.profile.label')}
      description={of.fieldProfileChosen ? undefined : t(`fields.profile.automatic.${of.fieldProfile}`)}
      value={change.isPending ? (change.variables.fieldProfile ?? of.fieldProfile) : of.fieldProfile}
      onChange={choose}
    >
      <Stack gap="xs" mt="xs">
        {profiles.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`fields.profile.${one}`)}
            description={t(`fields.profile.${one}Says`)}
            disabled={!mayChange || change.isPending}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
