import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconHistory, IconKey, IconShieldOff, IconUserCog, IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Member } from '../api/team.ts';
import { DropFactor } from './drop-factor.tsx';
import type { Limits } from './limits.ts';
import { RemoveMember } from './remove-member.tsx';
import { ResetLink } from './reset-link.tsx';
import { RoleDialog } from './role-dialog.tsx';

type Asked = 'role' | 'remove' | 'reset' | 'drop';

/** What can be done with somebody; what cannot says why. */
export function MemberActions({ member, limits }: { member: Member; limits: Limits }) {
  const { t } = useTranslation('team');
  const [asked, ask] = useState<Asked>();
  const { isMe, rule } = limits;
  const close = () => ask(undefined);
  // Owners vouch for each other; the last one is nobody else's to vouch for.
  const isBarred = rule === 'ofOwner';
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('act', { name: member.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rule && (
            <>
              <Menu.Label>{t(`rules.${rule}`)}</Menu.Label>
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            leftSection={<IconUserCog size={16} aria-hidden />}
            disabled={rule !== null}
            onClick={() => ask('role')}
          >
            {t('change.act')}
          </Menu.Item>
          {!isMe && (
            <Menu.Item leftSection={<IconKey size={16} aria-hidden />} disabled={isBarred} onClick={() => ask('reset')}>
              {t('reset.act')}
            </Menu.Item>
          )}
          {!isMe && member.twoFactor && (
            <Menu.Item
              leftSection={<IconShieldOff size={16} aria-hidden />}
              disabled={isBarred}
              onClick={() => ask('drop')}
            >
              {t('drop.act')}
            </Menu.Item>
          )}
          <Menu.Item
            component={Link}
            to={`/settings/audit?actor=${encodeURIComponent(member.id)}`}
            leftSection={<IconHistory size={16} aria-hidden />}
          >
            {t('activity')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconUserMinus size={16} aria-hidden />}
            disabled={rule !== null}
            onClick={() => ask('remove')}
          >
            {t(isMe ? 'leave.act' : 'remove.act')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'role' && <RoleDialog member={member} limits={limits} close={close} />}
      {asked === 'remove' && <RemoveMember member={member} isMe={isMe} close={close} />}
      {asked === 'reset' && <ResetLink member={member} close={close} />}
      {asked === 'drop' && <DropFactor member={member} close={close} />}
    </>
  );
}
