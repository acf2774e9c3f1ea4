import { Avatar, Menu, SegmentedControl, Select, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { signOut } from '../api/sign-in.ts';
import { tellFailure } from '../parts/tell.ts';
import { useColorChoice, useLanguageChoice } from './choices.ts';

/** Who is signed in, and how they like it. */
export function AccountMenu() {
  const { t } = useTranslation('shell');
  const { user, actor, workspaces, workspace } = useMe();
  const navigate = useNavigate();
  const colors = useColorChoice();
  const language = useLanguageChoice();
  const name = user?.name ?? actor;
  const where = workspaces.length > 1 ? workspaces.find(({ id }) => id === workspace)?.name : undefined;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{t('account')}</VisuallyHidden>
          <Avatar name={name} color="iris" radius="xl" size={34} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py="xs">
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed" truncate>
            {user?.email}
          </Text>
          {where && (
            <Text size="sm" c="dimmed" truncate>
              {where}
            </Text>
          )}
        </Stack>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={16} aria-hidden />}>
          {t('account')}
        </Menu.Item>
        <Stack gap="xs" px="sm" py="xs">
          <SegmentedControl fullWidth size="xs" aria-label={t('colorScheme')} {...colors} />
          <Select
            size="xs"
            aria-label={t('language')}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            {...language}
          />
        </Stack>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void signOut().then(() => navigate('/sign-in'), tellFailure)}
        >
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
