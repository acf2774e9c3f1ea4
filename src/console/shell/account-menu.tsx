import {
  Avatar,
  Menu,
  SegmentedControl,
  Select,
  Stack,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { signOut } from '../api/sign-in.ts';
import { type Language, languages, speak } from '../words/words.ts';

/** Who is signed in, and how they like it. */
export function AccountMenu() {
  const { t, i18n } = useTranslation('shell');
  const { user, actor } = useMe();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = user?.name ?? actor;
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
        </Stack>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={16} aria-hidden />}>
          {t('account')}
        </Menu.Item>
        <Stack gap="xs" px="sm" py="xs">
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('colourScheme')}
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`colours.${value}`) }))}
          />
          <Select
            size="xs"
            aria-label={t('language')}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            value={i18n.language}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(language) => void speak(language as Language)}
          />
        </Stack>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void signOut().then(() => navigate('/sign-in'))}
        >
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
