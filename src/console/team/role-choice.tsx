import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../platform/http/scopes.ts';

const roles = ['viewer', 'admin', 'owner'] as const;

/** The roles, each with what it may do. */
export function RoleChoice({
  value,
  onChange,
  mayMakeOwners,
}: {
  value: Role;
  onChange: (role: Role) => void;
  mayMakeOwners: boolean;
}) {
  const { t } = useTranslation('team');
  return (
    <Radio.Group label={t('role')} value={value} onChange={(role) => onChange(role as Role)}>
      <Stack gap="sm" mt="xs">
        {roles.map((role) => {
          const isBarred = role === 'owner' && !mayMakeOwners;
          return (
            <Radio
              key={role}
              value={role}
              label={t(`roles.${role}`)}
              description={isBarred ? t('onlyOwners') : t(`rolesSay.${role}`)}
              disabled={isBarred}
            />
          );
        })}
      </Stack>
    </Radio.Group>
  );
}
